package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Says once that users cannot log in from a table that belongs to tenants: Spring Security, which asks before anybody
 * knows the tenant, answers it as a wrong password and keeps silent. Everything is passed on.
 */
final class LoginFailures implements AuthenticationEventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(LoginFailures.class);
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final AuthenticationEventPublisher next;
    private final AtomicBoolean said = new AtomicBoolean();

    private LoginFailures(AuthenticationEventPublisher next) {
        this.next = next;
    }

    @Override
    public void publishAuthenticationSuccess(Authentication authentication) {
        next.publishAuthenticationSuccess(authentication);
    }

    @Override
    public void publishAuthenticationFailure(AuthenticationException failure, Authentication authentication) {
        if (isUnbound(failure) && said.compareAndSet(false, true)) {
            LOG.error(
                    "A login could not be checked, as its users are in a table of tenants and no tenant is known before the"
                            + " login. Keep logins in a table of all tenants: without policies and without tenant_id, granted"
                            + " by 'grant select on <table> to tenancy_app', and named in tenancy.isolation.tables.shared."
                            + " Said once.",
                    failure);
        }
        next.publishAuthenticationFailure(failure, authentication);
    }

    private static boolean isUnbound(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof TenantRequiredException
                    || current instanceof SQLException refusal
                            && INSUFFICIENT_PRIVILEGE.equals(refusal.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Puts it in front of the application's publisher. */
    static final class PostProcessor implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof AuthenticationEventPublisher publisher ? new LoginFailures(publisher) : bean;
        }
    }
}
