-- The price list belongs to no tenant; the service may read it and nothing else.

grant select on plan to tenancy_app;
