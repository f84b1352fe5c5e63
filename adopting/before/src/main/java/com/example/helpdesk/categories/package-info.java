/** What tickets are sorted by; hardly ever changed, so it is cached. */
@NullMarked
package com.example.helpdesk.categories;

import org.jspecify.annotations.NullMarked;
