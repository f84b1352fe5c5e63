package dev.lexigram.tenancy.spring.shop;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An error page with rows on it. */
@RestController
class HopsErrorPage implements ErrorController {

    private final HopsController hops;

    HopsErrorPage(HopsController hops) {
        this.hops = hops;
    }

    @RequestMapping("/error")
    String page() {
        return "page of " + hops.now();
    }
}
