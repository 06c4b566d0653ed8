#pragma once

/// Whether the compiled library is linked. Its CMake target sets SCHELLING_COMPILED for everyone who uses it: functions
/// without a template are then declared and found in the library, and templates over double and Rational are not compiled
/// again. Without it every definition is inline, in the .tpp beside its header.
#ifdef SCHELLING_COMPILED
#define SCHELLING_INLINE
#else
#define SCHELLING_INLINE inline
#endif
