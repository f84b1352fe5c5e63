package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.TenantResolver;

// tag::resolver[]
class QueryParamResolver implements TenantResolver {

    @Override
    public String name() {
        return "query_param";
    }

    @Override
    public int priority() {
        return 25; // after the header, before the subdomain
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        return context.queryParam("tenant_id").map(Resolution::resolved).orElseGet(Resolution::absent);
    }
}
// end::resolver[]
