package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.tenant.TenantResolutionException;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;

/**
 * Why a call acts as no tenant. Each case knows the error that tells the caller, and a word for logs that the client
 * cannot influence.
 */
public sealed interface Refusal {

    /** A word for logs and request attributes. */
    String reason();

    /** What the caller is told. For all that must not be told apart it is the same {@code TenantAccessDenied}. */
    TenantException toException();

    /** No source named a tenant. */
    record NoSource() implements Refusal {
        @Override
        public String reason() {
            return "no_source";
        }

        @Override
        public TenantException toException() {
            return TenantRequiredException.of("This call");
        }
    }

    /** Unknown, not yet or no longer there, or not the caller's: never told apart. */
    record Denied(String reason) implements Refusal {
        @Override
        public TenantException toException() {
            return TenantAccessDeniedException.refused();
        }
    }

    /** Suspended or inactive, seen by a member. */
    record NotActive(Tenant tenant) implements Refusal {
        @Override
        public String reason() {
            return tenant.status().wireName();
        }

        @Override
        public TenantException toException() {
            return switch (tenant.status()) {
                case SUSPENDED -> TenantSuspendedException.of(tenant);
                case INACTIVE -> TenantInactiveException.of(tenant);
                case PROVISIONING, ACTIVE, FAILED, DELETING, DELETED -> TenantAccessDeniedException.refused();
            };
        }
    }

    /** The sources lead to different tenants. */
    record Conflict() implements Refusal {
        @Override
        public String reason() {
            return "tenant_conflict";
        }

        @Override
        public TenantException toException() {
            return TenantAccessDeniedException.refused();
        }
    }

    /** A source holds something unusable. */
    record Rejected(String source, String reason) implements Refusal {
        @Override
        public TenantException toException() {
            return TenantResolutionException.of(source, reason);
        }
    }

    /** A resolver, the store or the membership failed. */
    record Unavailable(String what, Throwable cause) implements Refusal {
        @Override
        public String reason() {
            return "unavailable";
        }

        @Override
        public TenantException toException() {
            return TenantUnavailableException.of(what, cause);
        }
    }
}
