@NullMarked
package io.tributary.sandbox.s3;

import org.jspecify.annotations.NullMarked;
