package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;

/** The guard around beans that handle no requests, whatever kind of proxy they are. */
class GuardedBeansTest {

    private static final Tenant ACME =
            Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.parse("2026-11-01T00:00:00Z"));

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class);

    @AfterEach
    void close() {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classBean", "methodBean", "interfaceBean", "repository", "mapper", "controller"})
    void an_annotated_bean_of_any_kind_runs_under_a_tenant_only(String name) {
        var bean = context.getBean(name, Job.class);

        assertThatThrownBy(bean::run).isInstanceOf(TenantRequiredException.class);
        assertThat(TenantContext.callAs(ACME, bean::run)).isEqualTo("acme");
        var suspended = ACME.withStatus(TenantStatus.SUSPENDED, null, ACME.createdAt());
        assertThatThrownBy(() -> TenantContext.callAs(suspended, bean::run))
                .isInstanceOf(TenantSuspendedException.class);
    }

    @Test
    void a_bean_without_annotations_stays_as_it_is() {
        var plain = context.getBean("plain", Job.class);

        assertThat(plain).isNotInstanceOf(Advised.class);
        assertThat(plain.run()).isEqualTo("none");
    }

    @Test
    void type_and_method_are_both_enforced() {
        var bean = context.getBean(OnlyGlobex.class);

        assertThatThrownBy(() -> TenantContext.callAs(ACME, bean::run)).isInstanceOf(TenantAccessDeniedException.class);
        assertThatThrownBy(bean::run).isInstanceOf(TenantRequiredException.class);
        assertThat(TenantContext.callAs(ACME, bean::any)).isEqualTo("acme");
    }

    @Test
    void what_needs_none_runs_with_none_and_leaves_the_tenant_as_it_was() {
        var bean = context.getBean(NeedsNone.class);

        var seen = TenantContext.callAs(ACME, () -> bean.run() + " " + current());

        assertThat(seen).isEqualTo("none acme");
        assertThatThrownBy(() -> TenantContext.callAs(ACME, () -> bean.fail()))
                .isInstanceOf(IOException.class); // as it was thrown
    }

    private static String current() {
        return TenantContext.current().map(tenant -> tenant.id().value()).orElse("none");
    }

    interface Job {
        String run();
    }

    @RequireTenant
    interface GuardedJob extends Job {}

    static class Plain implements Job {
        @Override
        public String run() {
            return current();
        }
    }

    @RequireTenant
    static class ByClass extends Plain {}

    static class ByMethod implements Job {
        @Override
        @RequireTenant
        public String run() {
            return current();
        }
    }

    static class ByInterface extends Plain implements GuardedJob {}

    @Controller
    static class WithoutServlets extends ByMethod {}

    @RequireTenant
    static class OnlyGlobex {
        @RequireTenant("globex")
        String run() {
            return current();
        }

        String any() {
            return current();
        }
    }

    static class NeedsNone {
        @WithoutTenant("counts")
        String run() {
            return current();
        }

        @WithoutTenant("fails")
        String fail() throws IOException {
            throw new IOException();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        static TenantGuardPostProcessor postProcessor() {
            return new TenantGuardPostProcessor();
        }

        @Bean
        Job plain() {
            return new Plain();
        }

        @Bean
        Job classBean() {
            return new ByClass();
        }

        @Bean
        Job methodBean() {
            return new ByMethod();
        }

        @Bean
        Job interfaceBean() {
            return new ByInterface();
        }

        /** As repositories are made: a proxy of the interface around a class that knows nothing of it. */
        @Bean
        Job repository() {
            var factory = new ProxyFactory(GuardedJob.class, new SingletonTargetSource(new Plain()));
            return (Job) factory.getProxy();
        }

        /** As some mappers are made: a proxy of the JDK that Spring knows nothing of. */
        @Bean
        Job mapper() {
            return (Job) Proxy.newProxyInstance(
                    Job.class.getClassLoader(),
                    new Class<?>[] {GuardedJob.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("hashCode") ? System.identityHashCode(proxy) : current());
        }

        @Bean
        Job controller() {
            return new WithoutServlets();
        }

        @Bean
        OnlyGlobex onlyGlobex() {
            return new OnlyGlobex();
        }

        @Bean
        NeedsNone needsNone() {
            return new NeedsNone();
        }
    }
}
