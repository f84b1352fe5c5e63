package dev.lexigram.tenancy.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every listener. */
class ContextListenersTest {

    @Test
    void one_that_fails_keeps_no_other_from_being_told() {
        var told = new ArrayList<Optional<Tenant>>();
        ContextListener broken = current -> {
            throw new IllegalStateException("broken");
        };
        var listeners = new ContextListeners(List.of(broken, told::add, broken, told::add));

        listeners.changed(Optional.of(SomeTenants.ACME));
        listeners.changed(Optional.empty());

        assertThat(told)
                .containsExactly(
                        Optional.of(SomeTenants.ACME),
                        Optional.of(SomeTenants.ACME),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void where_none_is_installed_there_is_nothing_to_call() {
        assertThat(ContextListeners.installed()).isNull();
    }
}
