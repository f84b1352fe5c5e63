package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.function.Predicate;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Conditions on the configuration, read as the library reads it. A configuration with mistakes meets every condition, so
 * that the mistakes are reported.
 */
abstract class OnTenancyConfig implements Condition {

    private final Predicate<TenancyConfig> wanted;

    private OnTenancyConfig(Predicate<TenancyConfig> wanted) {
        this.wanted = wanted;
    }

    @Override
    public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        try {
            return wanted.test(TenancyProperties.read((ConfigurableEnvironment) context.getEnvironment()));
        } catch (TenancyConfigurationException mistaken) {
            return true;
        }
    }

    /** The library takes part at all. */
    static final class Enabled extends OnTenancyConfig {
        Enabled() {
            super(TenancyConfig::enabled);
        }
    }

    /** The library takes part, and refuses what crosses tenants. */
    static final class Enforced extends OnTenancyConfig {
        Enforced() {
            super(config -> config.enabled() && config.isolation().adoption() == AdoptionMode.ENFORCE);
        }
    }

    /** Members are kept by the control plane. */
    static final class MembersInSql extends OnTenancyConfig {
        MembersInSql() {
            super(config -> config.membership().source() == MembershipSource.SQL);
        }
    }

    /** A login is known that reads across tenants. */
    static final class ReadsAcrossTenants extends OnTenancyConfig {
        ReadsAcrossTenants() {
            super(config -> config.enabled() && config.systemScope().user().isPresent());
        }
    }

    /** A login is known that makes databases of tenants. */
    static final class HasDatabases extends OnTenancyConfig {
        HasDatabases() {
            super(config -> config.enabled() && config.databases().user().isPresent());
        }
    }
}
