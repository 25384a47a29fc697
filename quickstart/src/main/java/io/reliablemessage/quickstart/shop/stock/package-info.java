/**
 * Packs a parcel for every order: once, however often its message comes.
 */
@NullMarked
package io.reliablemessage.quickstart.shop.stock;

import org.jspecify.annotations.NullMarked;
