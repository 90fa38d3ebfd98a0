/** Coordinates in degrees, apart or as one `LAT,LNG`. */
import { type Check, number, refusal } from "./checks.ts";
import { LIMITS } from "../api/message_body.ts";
import { ValueType } from "./value_type.ts";

export interface Coordinates {
  latitude: number;
  longitude: number;
}

function degrees(max: number): Check<number, string> {
  const inRange = number(-max, max);
  return (value, at) => {
    // Number("") is 0 and Number("0x10") is 16: neither is a coordinate.
    const isDecimal = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value.trim());
    if (!isDecimal) {
      throw refusal(at, `must be a number from ${-max} to ${max}`, value);
    }
    return inRange(Number(value), at);
  };
}

const latitude = degrees(LIMITS.latitude);
const longitude = degrees(LIMITS.longitude);

export const LATITUDE = new ValueType(latitude);
export const LONGITUDE = new ValueType(longitude);

export const COORDINATES = new ValueType((value, at): Coordinates => {
  const [lat, lng, ...rest] = value.split(",");
  if (lat === undefined || lng === undefined || rest.length > 0) {
    throw refusal(at, "must be LAT,LNG such as 55.6105,13.0029", value);
  }
  return {
    latitude: latitude(lat, `${at}: latitude`),
    longitude: longitude(lng, `${at}: longitude`),
  };
});
