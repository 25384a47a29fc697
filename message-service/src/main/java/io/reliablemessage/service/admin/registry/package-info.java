/** Lists topics, subscriptions, applications and keys with their backlogs; operators change them here. */
@NullMarked
package io.reliablemessage.service.admin.registry;

import org.jspecify.annotations.NullMarked;
