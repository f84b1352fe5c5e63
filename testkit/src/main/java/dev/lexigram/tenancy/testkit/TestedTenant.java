package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.lang.reflect.AnnotatedElement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/** The tenant that {@link WithTenant} names. */
final class TestedTenant {

    private TestedTenant() {}

    /** The element's own, else that of the nearest class around it; the same one each time. */
    static Optional<Tenant> of(Optional<? extends AnnotatedElement> element, Class<?> type, List<Class<?>> enclosing) {
        return AnnotationSupport.findAnnotation(element, WithTenant.class)
                .or(() -> AnnotationSupport.findAnnotation(type, WithTenant.class, enclosing))
                .map(annotation -> tenant(annotation.value()));
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }
}
