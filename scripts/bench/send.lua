-- For wrk: sends texts to a thousand phone numbers, and ends with one line of
-- JSON. Arguments: the Authorization header, the app's id.

local body = '{"app_id":"%s","recipient":{"identified_by":{"channel_identities":'
  .. '[{"channel":"SMS","identity":"+1555%07d"}]}},'
  .. '"message":{"text_message":{"text":"Message number %d"}}}'
local app
local sent = 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Authorization"] = args[1]
  wrk.headers["Content-Type"] = "application/json"
  app = args[2]
end

function request()
  sent = sent + 1
  return wrk.format(nil, nil, nil, string.format(body, app, sent % 1000, sent))
end

function done(summary)
  local errors = summary.errors
  io.write(string.format(
    '{"perSecond":%f,"failed":%d}\n',
    summary.requests / summary.duration * 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
