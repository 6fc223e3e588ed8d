-- Ready, Reconciling and Stalled follow kstatus: at most one is True, and none speaks of a later edit than observedGeneration.
local health = {status = "Progressing", message = "Waiting for the operator"}
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return health
end

local conditions = {}
for _, condition in ipairs(status.conditions) do
  conditions[condition.type] = condition
end
local function isTrue(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

local ready = conditions["Ready"]
if ready ~= nil then
  health.message = ready.message
end
if obj.metadata.deletionTimestamp ~= nil or isTrue("Reconciling") then
  return health
end
if isTrue("Stalled") then
  return {status = "Degraded", message = conditions["Stalled"].message}
end
if isTrue("Ready") then
  health.status = "Healthy"
elseif ready ~= nil and ready.reason == "Suspended" then
  health.status = "Suspended"
end
return health
