/** What they write about. */
@NullMarked
package com.example.helpdesk.tickets;

import org.jspecify.annotations.NullMarked;
