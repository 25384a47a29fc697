/** What the contract's requests and their client share. Not part of their interface; it may change at any time. */
@NullMarked
package io.reliablemessage.api.internal;

import org.jspecify.annotations.NullMarked;
