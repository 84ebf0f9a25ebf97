# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# The headers that nearly every unit includes, compiled once: docs/decisions/0022-precompiled-headers.md.
# No header of this tree is among them.
set(PENSTOCK_PRECOMPILED
    <algorithm> <array> <atomic> <chrono> <cstddef> <cstdint> <filesystem> <functional> <map> <memory> <mutex>
    <optional> <stdexcept> <string> <string_view> <system_error> <utility> <vector>
    <boost/json/array.hpp> <boost/json/object.hpp> <boost/json/value.hpp>)

# penstock_precompile(TARGET)
#
# Compiles each unit of TARGET behind the precompiled headers: of the libraries, or of the tests, which are
# compiled as programs are and include Boost.Test. TARGET links penstock::sdk, and a test Boost.Test, so that
# every macro of the precompiled headers is defined.
function(penstock_precompile target)
    if(NOT PROJECT_IS_TOP_LEVEL)
        return()
    endif()
    set(headers ${PENSTOCK_PRECOMPILED})
    set(libraries Boost::json)
    set(text "")
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "EXECUTABLE")
        set(owner penstock_precompiled_tests)
        list(APPEND headers <boost/test/unit_test.hpp>)
        list(APPEND libraries Boost::unit_test_framework)
        set(text "int main()\n{\n}\n")
    else()
        set(owner penstock_precompiled)
    endif()
    if(NOT TARGET ${owner})
        set(source "${PROJECT_BINARY_DIR}/${owner}.cpp")
        file(CONFIGURE OUTPUT "${source}" CONTENT "${text}")
        if(type STREQUAL "EXECUTABLE")
            add_executable(${owner} EXCLUDE_FROM_ALL "${source}")
            target_compile_definitions(${owner} PRIVATE BOOST_TEST_DYN_LINK)
        else()
            add_library(${owner} STATIC EXCLUDE_FROM_ALL "${source}")
        endif()
        target_link_libraries(${owner} PRIVATE ${libraries})
        penstock_warnings(${owner}) # one of them undefines a macro
        target_precompile_headers(${owner} PRIVATE ${headers})
        target_compile_options(${owner} PRIVATE ${PENSTOCK_PRECOMPILED_OPTIONS})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${owner})
    target_compile_options(${target} PRIVATE ${PENSTOCK_PRECOMPILED_OPTIONS})
endfunction()

# ccache knows precompiled headers again by their content.
set(PENSTOCK_PRECOMPILED_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
