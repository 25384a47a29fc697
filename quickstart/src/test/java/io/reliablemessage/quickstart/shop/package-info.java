@NullMarked
package io.reliablemessage.quickstart.shop;

import org.jspecify.annotations.NullMarked;
