package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.ACME;
import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static dev.lexigram.tenancy.enforcement.Tenants.globex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantValidatorTest {

    private final ObservedStore store = new ObservedStore(acme(), globex());
    private final TenantValidator validator = new TenantValidator(store, ValidatorCacheConfig.DEFAULTS);

    @Test
    void finds_by_id_and_by_slug() {
        assertThat(validator.find("tenant-a")).contains(acme());
        assertThat(validator.find("acme")).contains(acme());
    }

    @Test
    void finds_by_slug_what_is_too_long_for_an_id() {
        var slug = "s".repeat(63);
        var long63 = Tenant.active(TenantId.of("tenant-c"), Slug.of(slug), "Long", Tenants.NOW);
        var validator = new TenantValidator(new ObservedStore(long63), ValidatorCacheConfig.DEFAULTS);

        assertThat(validator.find(slug)).contains(long63);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACME", "Tenant-A", "acme ", " acme", "acm", "acmee", "nobody"})
    void finds_nothing_by_a_reference_that_differs_in_a_single_byte(String reference) {
        assertThat(validator.find(reference)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sub.acme", "acme'; drop schema public", "acme\u0000", "\u0430cme", "../acme", "public"})
    void does_not_ask_the_store_for_what_no_tenant_can_be_called(String reference) {
        assertThat(validator.find(reference)).isEmpty();
        assertThat(store.lookUps()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TenantStatus.class)
    void finds_a_tenant_in_any_status_but_a_deleted_one(TenantStatus status) {
        var tenant = Tenants.in(status, acme());
        var validator = new TenantValidator(new ObservedStore(tenant), ValidatorCacheConfig.DEFAULTS);

        assertThat(validator.find("tenant-a").map(Tenant::status))
                .isEqualTo(status == TenantStatus.DELETED ? Optional.empty() : Optional.of(status));
    }

    @ParameterizedTest
    @CsvSource({
        "PROVISIONING, LEX_ERR_TENANT_003",
        "INACTIVE,     LEX_ERR_TENANT_003",
        "SUSPENDED,    LEX_ERR_TENANT_008",
        "DELETING,     LEX_ERR_TENANT_003",
        "DELETED,      LEX_ERR_TENANT_002"
    })
    void validates_only_an_active_tenant(TenantStatus status, String code) {
        store.replace(Tenants.in(status, acme()));

        assertThatThrownBy(() -> validator.validate("acme"))
                .isInstanceOfSatisfying(
                        TenantException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(validator.validate("globex")).isEqualTo(globex());
    }

    @Test
    void validates_no_tenant_whose_creation_failed() {
        store.replace(Tenants.in(TenantStatus.FAILED, acme()));

        assertThatThrownBy(() -> validator.validate("tenant-a")).hasMessageContaining("is failed");
    }

    @Test
    void names_an_unknown_reference_only_if_it_could_be_one() {
        assertThatThrownBy(() -> validator.validate("nobody")).hasMessageContaining("'nobody'");
        assertThatThrownBy(() -> validator.validate("no\r\nbody"))
                .hasMessageContaining("No tenant has the id or slug given")
                .hasMessageNotContaining("body");
    }

    @Test
    void a_store_that_compares_carelessly_is_not_believed() {
        var careless = new StoreOfOne(() -> Optional.of(acme()));
        var validator = new TenantValidator(careless, ValidatorCacheConfig.DEFAULTS);

        assertThat(validator.find("TENANT-A")).isEmpty();
        assertThat(validator.find("somebody")).isEmpty();
        // Control: without the check the store's answer would stand.
        assertThat(new NaiveLookUp(careless, 10).find("TENANT-A")).contains(acme());
    }

    @Test
    void a_store_that_fails_is_unavailable_and_its_failure_is_forgotten() {
        store.afterRead(() -> {
            throw new IllegalStateException("jdbc:postgresql://db/secret");
        });
        assertThatThrownBy(() -> validator.find("acme"))
                .isInstanceOf(TenantUnavailableException.class)
                .hasMessageNotContaining("secret");

        store.afterRead(() -> {});
        assertThat(validator.find("acme")).contains(acme());
    }

    @Test
    void forgets_every_reference_of_a_tenant_and_keeps_the_others() {
        List.of("tenant-a", "acme", "globex").forEach(validator::find);
        store.replace(acme().withStatus(TenantStatus.SUSPENDED, "unpaid", Tenants.NOW));
        // Control: what is remembered would be used.
        assertThat(validator.find("acme").map(Tenant::isActive)).contains(true);

        validator.invalidate(ACME);
        validator.invalidate(TenantId.of("never-heard-of"));

        assertThat(validator.find("acme").map(Tenant::isActive)).contains(false);
        assertThat(validator.find("tenant-a").map(Tenant::isActive)).contains(false);
        var before = store.lookUps();
        assertThat(validator.find("globex")).contains(globex());
        assertThat(store.lookUps()).isEqualTo(before);
    }

    @Test
    void forgets_everything() {
        validator.find("acme");
        validator.find("nobody");

        validator.invalidateAll();

        assertThat(validator.knownReferences()).isZero();
        assertThat(validator.unknownReferences()).isZero();
    }

    @Test
    void gives_the_same_answer_object_again() {
        assertThat(validator.find("acme")).isSameAs(validator.find("acme"));
    }

    @ParameterizedTest
    @CsvSource({
        "PROVISIONING, LEX_ERR_TENANT_003",
        "INACTIVE,     LEX_ERR_TENANT_003",
        "SUSPENDED,    LEX_ERR_TENANT_008",
        "DELETING,     LEX_ERR_TENANT_003",
        "DELETED,      LEX_ERR_TENANT_002"
    })
    void AZ_02_work_goes_on_for_an_active_tenant_and_in_the_status_in_which_it_began(TenantStatus now, String code) {
        var changed = Tenants.in(now, acme());
        var validator = new TenantValidator(new ObservedStore(changed), ValidatorCacheConfig.DEFAULTS);

        assertThatThrownBy(() -> validator.require(acme()))
                .isInstanceOfSatisfying(
                        TenantException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
        assertThatCode(() -> validator.require(changed)).doesNotThrowAnyException();
        assertThatCode(() -> this.validator.require(changed))
                .as("active by now")
                .doesNotThrowAnyException();
    }

    @Test
    void AZ_02_a_tenant_that_only_code_knows_goes_on_and_a_slug_is_not_taken_for_its_id() {
        var ofCode = Tenant.active(TenantId.of("acme"), Slug.of("somebody"), "Of code", Tenants.NOW);
        var slugOfSuspended = Tenants.in(TenantStatus.SUSPENDED, acme()); // id tenant-a, slug acme
        var validator = new TenantValidator(new ObservedStore(slugOfSuspended), ValidatorCacheConfig.DEFAULTS);

        assertThatCode(() -> validator.require(ofCode)).doesNotThrowAnyException();
    }

    @Test
    void AZ_02_nobody_goes_on_if_the_store_cannot_say() {
        store.afterRead(() -> {
            throw new IllegalStateException("away");
        });

        assertThatThrownBy(() -> validator.require(acme())).isInstanceOf(TenantUnavailableException.class);
    }
}
