-- Forward authentication with HAProxy's own HTTP client: see haproxy.cfg beside this file.

local DOOR = "abns@tollkeeper-door"
local URL = "http://tollkeeper/api/auth/forward"
local TIMEOUT_MS = 6000

local SENT = { "authorization", "x-api-key" }
local IDENTITY = {
    "X-Tollkeeper-Key-Id", "X-Tollkeeper-Key-Name", "X-Tollkeeper-Team-Id",
    "X-Tollkeeper-Project-Id", "X-Tollkeeper-User-Id", "X-Tollkeeper-Scopes",
}
local TOLD = {
    "content-type", "cache-control", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy", "x-request-id",
}

-- The credential and the client's address: no body, no cookies.
local function question(txn)
    local given = txn.http:req_get_headers()
    local headers = { ["x-forwarded-for"] = { txn.f:src() } }
    for _, name in ipairs(SENT) do
        headers[name] = given[name]
    end
    return { url = URL, dst = DOOR, headers = headers, timeout = TIMEOUT_MS }
end

local function allow(txn, answer)
    for _, name in ipairs(IDENTITY) do
        local values = answer.headers[name:lower()]
        if values and values[0] ~= "" then
            txn.http:req_set_header(name, values[0])
        end
    end
    txn:set_var("txn.tollkeeper", "allowed")
end

local function refuse(txn, answer)
    local reply = txn:reply({ status = answer.status, reason = answer.reason, body = answer.body })
    for _, name in ipairs(TOLD) do
        for _, value in pairs(answer.headers[name] or {}) do
            reply:add_header(name, value)
        end
    end
    txn:done(reply)
end

-- An error page of Tollkeeper's own, not one that HAProxy made because Tollkeeper was out of reach.
local function is_refusal(answer)
    local content_type = answer.headers["content-type"]
    return answer.status >= 400 and content_type and content_type[0]:find("^application/problem%+json") ~= nil
end

-- Without an answer that says yes or no, haproxy.cfg refuses: "allowed" was not set.
core.register_action("tollkeeper", { "http-req" }, function(txn)
    local answer = core.httpclient():get(question(txn))
    if answer == nil or answer.headers == nil then
        return
    end
    if answer.status == 200 then
        allow(txn, answer)
    elseif is_refusal(answer) then
        refuse(txn, answer)
    end
end)
