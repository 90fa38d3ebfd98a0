/** Coordinates in degrees, apart or as one `LAT,LNG`. */
import { type Check, refusal } from "./checks.ts";
import { LIMITS } from "../api/message_body.ts";
import { usageError } from "../errors.ts";
import { ValueType } from "./value_type.ts";

export interface Coordinates {
  latitude: number;
  longitude: number;
}

function degrees(max: number): Check<number, string> {
  return (value, at) => {
    // Number("") is 0 and Number("0x10") is 16: neither is a coordinate.
    const isDecimal = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value.trim());
    const degrees = Number(value);
    if (!isDecimal || Math.abs(degrees) > max) {
      const isComma = /^\s*[+-]?\d+,\d+\s*$/.test(value);
      throw refusal(
        at,
        `must be a number from ${-max} to ${max}`,
        value,
        isComma ? `Write ${value.trim().replace(",", ".")}.` : undefined,
      );
    }
    return degrees;
  };
}

const latitude = degrees(LIMITS.latitude);
const longitude = degrees(LIMITS.longitude);

export const LATITUDE = new ValueType(latitude);
export const LONGITUDE = new ValueType(longitude);

export const COORDINATES = new ValueType(
  (value, at): Coordinates => {
    const [lat, lng, ...rest] = value.split(",");
    if (lat === undefined || lng === undefined || rest.length > 0) {
      throw refusal(at, "must be LAT,LNG such as 55.6105,13.0029", value);
    }
    return {
      latitude: latitude(lat, `${at}: latitude`),
      longitude: longitude(lng, `${at}: longitude`),
    };
  },
  [],
  [],
  /^\s*[+-]?\d+(\.\d+)?\s*,/,
);

/**
 * The latitude and longitude of `--location LAT,LNG`, or of `--lat` and `--lng`.
 *
 * @throws {Failure} "usage" for both
 */
export function latitudeAndLongitude(
  { location, lat, lng }: {
    location?: Coordinates | true;
    lat?: number;
    lng?: number;
  },
): { lat?: number; lng?: number } {
  if (typeof location !== "object") return { lat, lng };
  const given = lat !== undefined ? "--lat" : lng !== undefined && "--lng";
  if (given) {
    throw usageError(`--location LAT,LNG and ${given} cannot be used together`);
  }
  return { lat: location.latitude, lng: location.longitude };
}
