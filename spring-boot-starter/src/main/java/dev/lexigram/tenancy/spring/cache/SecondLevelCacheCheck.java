package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.hibernate.TenantSessions;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Ends the start if Hibernate keeps entities or results of queries beyond a session, and its sessions are not tied to
 * tenants: it knows them by their id or text alone, so one tenant would get what another has loaded, and no policy would
 * be asked.
 */
final class SecondLevelCacheCheck implements BeanPostProcessor {

    private static final boolean HAS_TENANT_SESSIONS = ClassUtils.isPresent(
            "dev.lexigram.tenancy.hibernate.TenantSessions", SecondLevelCacheCheck.class.getClassLoader());
    private static final String SWITCH = "spring.jpa.properties.hibernate.cache.";

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof EntityManagerFactory && bean instanceof SessionFactory factory && !isTied(factory)) {
            check(factory.unwrap(SessionFactoryImplementor.class).getSessionFactoryOptions(), beanName);
        }
        return bean;
    }

    private static boolean isTied(SessionFactory factory) {
        return HAS_TENANT_SESSIONS && TenantSessions.areTied(factory);
    }

    private static void check(SessionFactoryOptions options, String beanName) {
        var problems = new ArrayList<String>();
        if (options.isSecondLevelCacheEnabled()) {
            problems.add(problem("second-level cache keeps entities by their id", "use_second_level_cache", beanName));
        }
        if (options.isQueryCacheEnabled()) {
            problems.add(problem("query cache keeps results by their text", "use_query_cache", beanName));
        }
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(List.copyOf(problems));
        }
    }

    private static String problem(String what, String property, String beanName) {
        return "Hibernate's " + what + " alone, so a tenant would be given what another has loaded (bean '" + beanName
                + "'); add lexigram-tenancy-hibernate, which keeps it by tenant (it stands back for a tenant resolver of"
                + " your own, and while isolation.adoption is report), or write " + SWITCH + property + ": false";
    }
}
