/** Who writes to the help desk. */
@NullMarked
package com.example.helpdesk.contacts;

import org.jspecify.annotations.NullMarked;
