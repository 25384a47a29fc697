/** Reads request bodies: limited before they are read, strict when they are parsed. */
@NullMarked
package io.reliablemessage.service.platform.web;

import org.jspecify.annotations.NullMarked;
