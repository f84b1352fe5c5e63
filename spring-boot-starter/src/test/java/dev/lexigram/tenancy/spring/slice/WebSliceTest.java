package dev.lexigram.tenancy.spring.slice;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.lexigram.tenancy.testkit.WithTenant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

/** Controllers alone: the guard is there, and the tenant is that of the test. */
@WebMvcTest
class WebSliceTest {

    @Autowired
    private MockMvc mvc;

    @Test
    void without_a_tenant_the_guard_refuses() throws Exception {
        mvc.perform(get("/whose"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("LEX_ERR_TENANT_010"));
    }

    @Test
    @WithTenant("acme")
    void the_tenant_of_the_test_is_that_of_the_request() throws Exception {
        mvc.perform(get("/whose"))
                .andExpect(status().isOk())
                .andExpect(content().string("acme"));
        mvc.perform(get("/globex-only")).andExpect(status().isForbidden());
    }

    @Test
    @WithTenant("globex")
    void also_in_a_later_dispatch() throws Exception {
        var started = mvc.perform(get("/later")).andReturn();

        mvc.perform(asyncDispatch(started))
                .andExpect(status().isOk())
                .andExpect(content().string("globex"));
    }
}
