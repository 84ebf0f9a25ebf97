# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Sanitizers must be told of every change of stacks. Debian's Boost.Context does not tell them (they
# then report what is right, and miss what is wrong), so a sanitizer build compiles Boost.Context
# and Boost.Fiber itself, with ucontext, from the sources that fetch_boost.sh puts in build/boost.

set(boost "${PROJECT_SOURCE_DIR}/build/boost/libs")
if(NOT EXISTS "${boost}/fiber/src")
    message(FATAL_ERROR "${boost}: no sources; expected them from cmake/fetch_boost.sh build/boost")
endif()

set(sources
    context/src/continuation.cpp
    context/src/fiber.cpp
    context/src/posix/stack_traits.cpp
    fiber/src/algo/algorithm.cpp
    fiber/src/algo/round_robin.cpp
    fiber/src/algo/shared_work.cpp
    fiber/src/algo/work_stealing.cpp
    fiber/src/barrier.cpp
    fiber/src/condition_variable.cpp
    fiber/src/context.cpp
    fiber/src/fiber.cpp
    fiber/src/future.cpp
    fiber/src/mutex.cpp
    fiber/src/properties.cpp
    fiber/src/recursive_mutex.cpp
    fiber/src/recursive_timed_mutex.cpp
    fiber/src/scheduler.cpp
    fiber/src/timed_mutex.cpp
    fiber/src/waker.cpp
)
list(TRANSFORM sources PREPEND "${boost}/")

string(TOUPPER "${PENSTOCK_SANITIZER}" name)
string(REPLACE "ADDRESS" "ASAN" name "${name}")
string(REPLACE "THREAD" "TSAN" name "${name}")

add_library(penstock_fibers SHARED ${sources})
target_compile_definitions(penstock_fibers
    PUBLIC BOOST_USE_UCONTEXT BOOST_USE_${name}
    PRIVATE BOOST_CONTEXT_SOURCE BOOST_FIBERS_SOURCE BOOST_CONTEXT_DYN_LINK BOOST_FIBERS_DYN_LINK)
target_compile_options(penstock_fibers PRIVATE -w)
target_link_libraries(penstock_fibers PUBLIC Boost::headers Threads::Threads)
set_target_properties(penstock_fibers PROPERTIES CXX_VISIBILITY_PRESET default UNITY_BUILD OFF)
add_library(Boost::context ALIAS penstock_fibers)
add_library(Boost::fiber ALIAS penstock_fibers)
