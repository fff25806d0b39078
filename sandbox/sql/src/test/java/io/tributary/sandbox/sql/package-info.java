@NullMarked
package io.tributary.sandbox.sql;

import org.jspecify.annotations.NullMarked;
