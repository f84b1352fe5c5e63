package dev.lexigram.tenancy.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Values that are put aside under one tenant and taken up again later, as bytes meanwhile. */
class TenantBoundTest {

    private static final Tenant ACME = SomeTenants.ACME;
    private static final Tenant GLOBEX = SomeTenants.GLOBEX;

    /** Work with its data, as an application puts it into a session or a queue: without the library it runs anywhere. */
    private interface Continuation extends Callable<String>, Serializable {}

    @Test
    void CX_17_the_tenant_travels_with_the_value_and_is_the_only_one_to_get_it() throws Exception {
        var stored = bytes(TenantContext.callAs(ACME, () -> TenantBound.of("secret of acme")));

        var resumed = bound(stored);

        assertThat(TenantContext.<String, RuntimeException>callAs(ACME, () -> (String) resumed.value()))
                .isEqualTo("secret of acme");
        assertThatThrownBy(() -> TenantContext.runAs(GLOBEX, resumed::value))
                .isInstanceOfSatisfying(
                        TenantMismatchException.class,
                        refused -> assertThat(refused.code()).isEqualTo("LEX_ERR_TENANT_011"))
                .hasMessageNotContaining("acme")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(resumed::value).isInstanceOf(TenantRequiredException.class);
        assertThat(resumed.tenantId()).isEqualTo(ACME.id());
        assertThat(resumed.toString()).doesNotContain("secret");
    }

    @Test
    void CX_17_a_continuation_that_is_stored_without_its_tenant_runs_as_whoever_takes_it_up() throws Exception {
        Continuation continuation = () -> TenantContext.require().id().value();
        var naive = bytes(continuation);
        var safe = bytes(TenantContext.callAs(ACME, () -> TenantBound.of(continuation)));

        var naively = TenantContext.callAs(GLOBEX, () -> ((Continuation) object(naive)).call());

        assertThat(naively).isEqualTo("globex");
        assertThatThrownBy(() -> TenantContext.callAs(
                        GLOBEX, () -> ((Continuation) bound(safe).value()).call()))
                .isInstanceOf(TenantMismatchException.class);
    }

    @Test
    void CX_17_a_payload_forged_for_another_tenant_is_refused_and_one_for_no_tenant_cannot_be_read() throws Exception {
        var stored = bytes(TenantContext.callAs(ACME, () -> TenantBound.of("value")));

        assertThatThrownBy(() -> TenantContext.runAs(
                        ACME, () -> bound(altered(stored, "acme", "evil")).value()))
                .isInstanceOf(TenantMismatchException.class);
        assertThatThrownBy(() -> bound(altered(stored, "acme", "a'--")))
                .hasRootCauseInstanceOf(InvalidTenantException.class);
    }

    @Test
    void CX_17_a_wrapped_task_cannot_be_stored() {
        Continuation continuation = () -> "done";
        Runnable runnable = TenantContext.<Runnable, RuntimeException>callAs(
                ACME, () -> TenantContext.wrap((Runnable & Serializable) () -> {}));
        Callable<String> callable = TenantContext.<Callable<String>, RuntimeException>callAs(
                ACME, () -> TenantContext.wrap((Callable<String>) continuation));

        assertThatThrownBy(() -> bytes(runnable)).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> bytes(callable)).isInstanceOf(NotSerializableException.class);
    }

    @Test
    void without_a_tenant_nothing_is_put_aside() {
        assertThatThrownBy(() -> TenantBound.of("value")).isInstanceOf(TenantRequiredException.class);
    }

    @Test
    void an_id_survives_being_stored() throws Exception {
        assertThat(object(bytes(TenantId.of("acme")))).isEqualTo(TenantId.of("acme"));
    }

    private static TenantBound<?> bound(byte[] stored) throws IOException, ClassNotFoundException {
        return (TenantBound<?>) object(stored);
    }

    private static byte[] altered(byte[] stored, String from, String to) {
        var text = new String(stored, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Object value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object object(byte[] stored) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(stored))) {
            return in.readObject();
        }
    }
}
