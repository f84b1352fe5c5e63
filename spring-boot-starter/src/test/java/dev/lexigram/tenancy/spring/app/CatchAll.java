package dev.lexigram.tenancy.spring.app;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What many applications have, and what would turn refusals into internal errors. */
@RestControllerAdvice
class CatchAll {

    @ExceptionHandler(Exception.class)
    @ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
    String failed(Exception failure) {
        return "failed, " + OpenController.current();
    }
}
