package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages come in the order of creation and stay right while tenants are added. */
interface TenantStorePageContract extends TenantStoreFixture {

    @Test
    default void an_empty_store_has_one_empty_page() {
        assertThat(emptyStore().page(TenantQuery.FIRST)).isEqualTo(new TenantPage(List.of(), Optional.empty()));
    }

    @Test
    default void pages_come_in_the_order_of_creation_and_the_last_says_so() {
        var store = emptyStore();
        createAt(store, "c", 1);
        createAt(store, "b", 3);
        createAt(store, "a", 2);
        createAt(store, "Z", 2);
        createAt(store, "e", 4);

        assertThat(walk(store, TenantQuery.FIRST.withLimit(2))).containsExactly("c,Z", "a,b", "e");
        assertThat(walk(store, TenantQuery.FIRST.withLimit(5))).containsExactly("c,Z,a,b,e");
        assertThat(walk(store, TenantQuery.FIRST)).containsExactly("c,Z,a,b,e");
    }

    @Test
    default void tenants_added_while_paging_neither_repeat_nor_hide_others() {
        var store = emptyStore();
        for (var index = 10; index < 20; index++) {
            createAt(store, "t" + index, index);
        }

        var first = store.page(TenantQuery.FIRST.withLimit(5));
        createAt(store, "early", 1);
        createAt(store, "between", 12);
        createAt(store, "later", 30);
        var rest = store.page(TenantQuery.FIRST.withAfter(first.next().orElseThrow()));

        assertThat(ids(first)).containsExactly("t10", "t11", "t12", "t13", "t14");
        assertThat(ids(rest)).containsExactly("t15", "t16", "t17", "t18", "t19", "later");
        assertThat(rest.next()).isEmpty();
    }

    @Test
    default void only_tenants_of_the_status_asked_for_are_listed() {
        var store = emptyStore();
        for (var index = 0; index < 6; index++) {
            createAt(store, "t" + index, index);
        }
        for (var id : List.of("t1", "t3", "t4")) {
            var tenant = store.findById(TenantId.of(id)).orElseThrow();
            store.save(TenantStoreFixture.moved(tenant, TenantStatus.SUSPENDED), 1, List.of());
        }

        assertThat(walk(
                        store,
                        TenantQuery.FIRST.withStatus(TenantStatus.SUSPENDED).withLimit(2)))
                .containsExactly("t1,t3", "t4");
        assertThat(walk(store, TenantQuery.FIRST.withStatus(TenantStatus.ACTIVE)))
                .containsExactly("t0,t2,t5");
        assertThat(walk(store, TenantQuery.FIRST.withStatus(TenantStatus.FAILED)))
                .containsExactly("");
    }

    @Test
    default void a_cursor_that_no_store_has_given_is_refused() {
        var store = emptyStore();
        TenantStoreFixture.create(store, "acme", "acme");

        for (var hostile : List.of(
                "",
                "x",
                "1",
                "'; drop table tenancy.tenants; --",
                "a\u0000b",
                "MTIz",
                "OjphY21l",
                "9".repeat(10_000))) {
            assertThatThrownBy(() -> store.page(TenantQuery.FIRST.withAfter(hostile)))
                    .isInstanceOf(InvalidTenantException.class)
                    .hasMessageContaining("cursor")
                    .hasNoCause();
        }
    }

    private static void createAt(TenantStore store, String id, int second) {
        var slug = Slug.of("s-" + id.toLowerCase(Locale.ROOT));
        var tenant = Tenant.active(TenantId.of(id), slug, id, TIME.plusSeconds(second));
        store.save(tenant, TenantStore.NEW, List.of());
    }

    private static List<String> walk(TenantStore store, TenantQuery query) {
        var pages = new ArrayList<String>();
        var page = store.page(query);
        pages.add(String.join(",", ids(page)));
        while (page.next().isPresent()) {
            page = store.page(query.withAfter(page.next().get()));
            pages.add(String.join(",", ids(page)));
        }
        return pages;
    }

    private static List<String> ids(TenantPage page) {
        return page.tenants().stream().map(tenant -> tenant.id().value()).toList();
    }
}
