/** AWS client settings that the programs share. */
@NullMarked
package io.tributary.aws;

import org.jspecify.annotations.NullMarked;
