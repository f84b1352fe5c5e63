/** How soon an answer has to come. */
@NullMarked
package com.example.helpdesk.priorities;

import org.jspecify.annotations.NullMarked;
