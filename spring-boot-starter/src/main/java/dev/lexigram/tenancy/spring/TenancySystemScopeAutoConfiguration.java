package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.AuditTrail;
import dev.lexigram.tenancy.postgres.isolation.SystemScope;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;

/** Reads across tenants, where a login for it is configured: who does it is whom Spring Security has authenticated. */
@AutoConfiguration(after = TenancyJdbcAutoConfiguration.class)
@ConditionalOnClass({DataSource.class, JdbcConnectionDetails.class})
@Conditional(OnTenancyConfig.ReadsAcrossTenants.class)
public class TenancySystemScopeAutoConfiguration {

    private static final String NOBODY = "application";

    @Lazy
    @Bean
    SystemScopePool tenancySystemScopePool(TenancyConfig config, ObjectProvider<JdbcConnectionDetails> application) {
        var details = application.getIfAvailable();
        return SystemScopePool.open(config.systemScope(), details == null ? null : details.getJdbcUrl());
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    AuditTrail tenancyAuditTrail(ObjectProvider<TenantStore> store) {
        if (store.getIfAvailable() instanceof SqlTenantStore sql) {
            return sql.auditTrail();
        }
        throw TenancyConfigurationException.of(
                List.of("system_scope.user is set and the TenantStore is the application's"
                        + " own; make a bean AuditTrail, too, as nobody reads across tenants unnoticed"));
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    SystemScope tenancySystemScope(SystemScopePool pool, AuditTrail trail) {
        Supplier<String> actor =
                ClassUtils.isPresent("org.springframework.security.core.context.SecurityContextHolder", null)
                        ? new Authenticated()
                        : () -> NOBODY;
        return SystemScope.of(pool.dataSource(), trail, actor);
    }

    private static final class Authenticated implements Supplier<String> {

        @Override
        public String get() {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            return authentication == null || authentication.getName() == null ? NOBODY : authentication.getName();
        }
    }
}
