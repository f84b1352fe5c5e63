package dev.lexigram.tenancy.spring;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.core.env.Environment;

/**
 * Makes the health of tenancy a part of readiness, and never of liveness: a restart mends neither. Who has stated the
 * members of readiness keeps them as they are.
 */
final class ReadinessMembers implements HealthEndpointGroupsPostProcessor {

    private static final String READINESS = "readiness";
    private static final String INCLUDED = "management.endpoint.health.group.readiness.include";
    private static final Set<String> MEMBERS = Set.of("tenantStore", "tenantIsolation");

    private final Environment environment;

    ReadinessMembers(Environment environment) {
        this.environment = environment;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        var isStated = environment.containsProperty(INCLUDED) || environment.containsProperty(INCLUDED + "[0]");
        return isStated || !groups.getNames().contains(READINESS) ? groups : new Groups(groups);
    }

    private record Groups(HealthEndpointGroups groups) implements HealthEndpointGroups {

        @Override
        public HealthEndpointGroup getPrimary() {
            return groups.getPrimary();
        }

        @Override
        public Set<String> getNames() {
            return groups.getNames();
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            var group = groups.get(name);
            return group != null && name.equals(READINESS) ? new Readiness(group) : group;
        }
    }

    private record Readiness(HealthEndpointGroup group) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return MEMBERS.contains(name) || group.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext securityContext) {
            return group.showComponents(securityContext);
        }

        @Override
        public boolean showDetails(SecurityContext securityContext) {
            return group.showDetails(securityContext);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
