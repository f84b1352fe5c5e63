package dev.lexigram.tenancy.spring.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Runs work in every kind of transaction that an annotation can ask for. */
@Service
class Propagations {

    /** All of this bean by name; the bean, since it is the proxy that opens transactions. */
    static Map<String, Function<Supplier<String>, String>> of(Propagations bean) {
        var all = new LinkedHashMap<String, Function<Supplier<String>, String>>();
        all.put("required", bean::required);
        all.put("requires new", bean::requiresNew);
        all.put("not supported", bean::notSupported);
        all.put("supports", bean::supports);
        all.put("mandatory", bean::mandatory);
        all.put("never", bean::never);
        all.put("read-only", bean::readOnly);
        all.put("serializable", bean::serializable);
        all.put("repeatable read", bean::repeatableRead);
        all.put("with a timeout", bean::withTimeout);
        return all;
    }

    @Transactional
    public String required(Supplier<String> work) {
        return work.get();
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public String requiresNew(Supplier<String> work) {
        return work.get();
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public String notSupported(Supplier<String> work) {
        return work.get();
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    public String supports(Supplier<String> work) {
        return work.get();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public String mandatory(Supplier<String> work) {
        return work.get();
    }

    @Transactional(propagation = Propagation.NEVER)
    public String never(Supplier<String> work) {
        return work.get();
    }

    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public String readOnly(Supplier<String> work) {
        return work.get();
    }

    @Transactional(isolation = Isolation.SERIALIZABLE, propagation = Propagation.REQUIRES_NEW)
    public String serializable(Supplier<String> work) {
        return work.get();
    }

    @Transactional(isolation = Isolation.REPEATABLE_READ, propagation = Propagation.REQUIRES_NEW)
    public String repeatableRead(Supplier<String> work) {
        return work.get();
    }

    @Transactional(timeout = 1, propagation = Propagation.REQUIRES_NEW)
    public String withTimeout(Supplier<String> work) {
        return work.get();
    }

    @Transactional(noRollbackFor = UnsupportedOperationException.class)
    public String keepingWhatWasDone(Supplier<String> work) {
        return work.get();
    }
}
