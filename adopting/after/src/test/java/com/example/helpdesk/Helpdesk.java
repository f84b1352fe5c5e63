package com.example.helpdesk;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.TestEnvironment;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The help desk, started on a database that is there already. */
final class Helpdesk {

    private Helpdesk() {}

    /** Starts it with these properties, as {@code name=value}. */
    static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
        List.of(properties).forEach(property -> arguments.add("--" + property));
        return new SpringApplicationBuilder(HelpdeskApplication.class)
                .initializers(TestEnvironment.on(database))
                .run(arguments.toArray(String[]::new));
    }

    static Api api(ConfigurableApplicationContext helpdesk) {
        return Api.on(helpdesk.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
