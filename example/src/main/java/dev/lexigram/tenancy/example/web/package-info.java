/** What all endpoints share: who may call, and what an error looks like. */
@NullMarked
package dev.lexigram.tenancy.example.web;

import org.jspecify.annotations.NullMarked;
