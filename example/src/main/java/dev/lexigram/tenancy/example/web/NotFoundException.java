package dev.lexigram.tenancy.example.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What was asked for is not there, or is not the caller's: the answer is the same. */
public final class NotFoundException extends ResponseStatusException {

    private static final long serialVersionUID = 1;

    private NotFoundException(String what) {
        super(HttpStatus.NOT_FOUND, "There is no such " + what + ".");
    }

    public static NotFoundException of(String what) {
        return new NotFoundException(what);
    }
}
