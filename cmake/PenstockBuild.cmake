# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# How everything in this tree is compiled: language, visibility, hardening, sanitizers, and where
# the results go. Nothing here reaches those who use the installed SDK.

include(CheckCXXCompilerFlag)
include(CheckPIESupported)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES CXX)

if(PROJECT_IS_TOP_LEVEL)
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
    set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
    set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")

    # Right in the build and installed; a path of its own for the build would end in an empty
    # entry, which the loader reads as the current directory.
    set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
    set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")
    if(NOT CMAKE_INSTALL_LIBDIR STREQUAL "lib")
        list(APPEND CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
    endif()
endif()

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(PENSTOCK_CCACHE ccache)
    if(PENSTOCK_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER
            "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
            CCACHE_SLOPPINESS=pch_defines,time_macros
            "${PENSTOCK_CCACHE}")
    endif()
endif()

# The headers of a floor cost more than its files: a batch is compiled in little more time than one of
# its files alone. A batch is small enough that a change in one file is linked within seconds.
if(PROJECT_IS_TOP_LEVEL)
    set(CMAKE_UNITY_BUILD ${PENSTOCK_UNITY})
    set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
endif()

# What each compilation took, for the test `unit_budget`: seconds of processor, KiB of memory, object.
find_program(PENSTOCK_TIME time)
if(PROJECT_IS_TOP_LEVEL AND PENSTOCK_TIME)
    set_property(GLOBAL PROPERTY RULE_LAUNCH_COMPILE
        "${PENSTOCK_TIME} -q -a -o ${PROJECT_BINARY_DIR}/unit_costs -f '%U %M <OBJECT>'")
endif()

set(PENSTOCK_SANITIZER "none" CACHE STRING "Sanitizer of the whole build")
set_property(CACHE PENSTOCK_SANITIZER PROPERTY STRINGS none address thread)

add_compile_definitions(_GLIBCXX_ASSERTIONS)
# A failed BOOST_ASSERT throws (sdk/src/assertion.cpp): a request is answered 500, and the process goes on.
add_compile_definitions(BOOST_ENABLE_ASSERT_HANDLER)
add_compile_options(-fstack-protector-strong -fstack-clash-protection)
add_link_options(-Wl,-z,relro -Wl,-z,now)

check_cxx_compiler_flag(-fcf-protection PENSTOCK_HAS_CF_PROTECTION)
if(PENSTOCK_HAS_CF_PROTECTION)
    add_compile_options(-fcf-protection)
endif()

if(PENSTOCK_SANITIZER STREQUAL "none")
    add_compile_options("$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
else()
    # The check of virtual calls opens pipes, which are races to the sanitizer of threads.
    set(sanitizers "${PENSTOCK_SANITIZER}")
    if(NOT PENSTOCK_SANITIZER STREQUAL "thread")
        string(APPEND sanitizers ",undefined")
    endif()
    if(PENSTOCK_BUILD_FUZZERS)
        string(APPEND sanitizers ",fuzzer-no-link")
    endif()
    add_compile_options("-fsanitize=${sanitizers}" -fno-omit-frame-pointer
                        -fno-sanitize-recover=undefined)
    add_link_options("-fsanitize=${sanitizers}")
    # With the sanitizer's calls between, g++ sees one half of how Asio allocates a coroutine's frame.
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)
    # They hide the way of a value too: what g++ says of bounds is then wrong. The release build heeds it.
    foreach(warning IN ITEMS array-bounds maybe-uninitialized stringop-overflow stringop-overread)
        add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-${warning}>)
    endforeach()
    if(PENSTOCK_SANITIZER STREQUAL "thread")
        add_compile_options(-Wno-tsan) # it does not know fences; Asio has one beside each of its locks
    endif()
endif()
