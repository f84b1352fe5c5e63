package dev.lexigram.tenancy.example.web;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers errors as problem+json (RFC 9457), without a word of the database. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    /** Names every field that is wrong. */
    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = new TreeMap<String, @Nullable String>();
        for (FieldError error : failure.getFieldErrors()) {
            errors.put(error.getField(), error.getDefaultMessage());
        }
        failure.getBody().setProperty("errors", errors);
        return super.handleMethodArgumentNotValid(failure, headers, status, request);
    }

    /** One answer for every broken constraint, so that none tells whether a row exists that the caller cannot see. */
    @ExceptionHandler
    ProblemDetail handleConflict(DataIntegrityViolationException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "It exists already, refers to what is not there, or is still referred to.");
    }
}
