package dev.lexigram.tenancy.spring;

import java.io.File;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handlers that want what no tenant's value can be. */
@RestController
class Mistaken {

    @GetMapping("/mistaken/file")
    String file(@TenantValue("file") File file) {
        return file.getName();
    }

    @GetMapping("/mistaken/malformed")
    String malformed(@TenantValue("no key") String value) {
        return value;
    }

    @GetMapping("/mistaken/good")
    String good(@TenantValue("good") Optional<Long> value) {
        return value.toString();
    }
}
