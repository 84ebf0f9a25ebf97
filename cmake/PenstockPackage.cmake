# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Builds packages and their tests, in the source tree of Penstock and out of it alike: all they
# ask for is the target penstock::sdk.

include_guard(GLOBAL)
include(BoostTestDiscover)

# penstock_add_package(NAME sources... [VERSION v] [LICENCE l] [LIBRARIES libs...])
#
# Makes NAME.so, the target NAME_package. The version defaults to the project's, the licence to
# PENSTOCK_PACKAGE_LICENCE.
function(penstock_add_package name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION;LICENCE" "LIBRARIES")
    if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
        message(FATAL_ERROR "penstock_add_package: \"${name}\" is no package name; "
                            "expected [a-z][a-z0-9_]*")
    endif()
    if(NOT arg_VERSION)
        set(arg_VERSION "${PROJECT_VERSION}")
    endif()
    if(NOT arg_VERSION)
        set(arg_VERSION "0.0.0")
    endif()
    if(NOT arg_LICENCE)
        set(arg_LICENCE "${PENSTOCK_PACKAGE_LICENCE}")
    endif()
    if(NOT arg_LICENCE)
        set(arg_LICENCE "unstated")
    endif()

    set(target "${name}_package")
    add_library(${target} MODULE ${arg_UNPARSED_ARGUMENTS})
    target_link_libraries(${target} PRIVATE penstock::sdk ${arg_LIBRARIES})
    _penstock_stamp_package(${target} "${name}" "${arg_VERSION}" "${arg_LICENCE}")
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
    # A sanitizer's own symbols are defined by the program, not by what the package links.
    if(NOT PENSTOCK_SANITIZER OR PENSTOCK_SANITIZER STREQUAL "none")
        target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
    set_target_properties(${target} PROPERTIES
        PREFIX ""
        OUTPUT_NAME "${name}"
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/packages"
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
        INSTALL_RPATH "$ORIGIN/../..;$ORIGIN/../lib"
        PENSTOCK_LIBRARIES "${arg_LIBRARIES}"
        PENSTOCK_VERSION "${arg_VERSION}"
        PENSTOCK_LICENCE "${arg_LICENCE}")
    if(COMMAND penstock_warnings)
        penstock_warnings(${target})
        penstock_precompile(${target})
    endif()
    set_property(GLOBAL APPEND PROPERTY PENSTOCK_PACKAGES ${target})
    install(TARGETS ${target} LIBRARY DESTINATION lib/penstock/packages)
endfunction()

# penstock_find_library(TARGET header library [folder])
#
# Makes the target of a library that brings none of its own: finds the header, where it is not in an
# include folder itself in the folder in one, and the library. What is missing ends the configuration.
function(penstock_find_library target header library)
    if(TARGET ${target})
        return()
    endif()
    string(MAKE_C_IDENTIFIER "${library}" name)
    string(TOUPPER "${name}" name)
    find_path(${name}_INCLUDE_DIR ${header} PATH_SUFFIXES ${ARGN} REQUIRED)
    find_library(${name}_LIBRARY ${library} REQUIRED)
    mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
    add_library(${target} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
        IMPORTED_LOCATION "${${name}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()

# penstock_add_package_test(NAME sources... [INCLUDES_PACKAGE] [LIBRARIES libs...]
#                           [ENVIRONMENT v=x...] [FIXTURES f...] [TIMEOUT s])
#
# Makes a Boost.Test program out of the sources and what the package NAME was compiled to, the target
# NAME_package_test, and one CTest test of each of its cases. The first source gets
# BOOST_TEST_MODULE, and thereby main, from here. With INCLUDES_PACKAGE the package is left
# out, because the test includes its sources, and they are compiled a second time.
function(penstock_add_package_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "INCLUDES_PACKAGE" "TIMEOUT"
        "LIBRARIES;ENVIRONMENT;FIXTURES")
    find_package(Boost 1.81 REQUIRED CONFIG COMPONENTS unit_test_framework)
    set(package "${name}_package")
    set(target "${name}_package_test")
    get_target_property(directory ${package} SOURCE_DIR)
    set(compiled "$<TARGET_OBJECTS:${package}>")
    if(arg_INCLUDES_PACKAGE)
        set(compiled)
    endif()
    add_executable(${target} ${arg_UNPARSED_ARGUMENTS} ${compiled})
    get_target_property(libraries ${package} PENSTOCK_LIBRARIES)
    get_target_property(version ${package} PENSTOCK_VERSION)
    get_target_property(licence ${package} PENSTOCK_LICENCE)
    if(NOT libraries)
        set(libraries)
    endif()
    target_include_directories(${target} PRIVATE "${directory}")
    target_link_libraries(${target} PRIVATE penstock::sdk ${libraries} ${arg_LIBRARIES}
                                            Boost::unit_test_framework)
    target_compile_definitions(${target} PRIVATE BOOST_TEST_DYN_LINK)
    list(GET arg_UNPARSED_ARGUMENTS 0 first)
    set_source_files_properties(${first} PROPERTIES COMPILE_DEFINITIONS BOOST_TEST_MODULE=${name})
    _penstock_stamp_package(${target} "${name}" "${version}" "${licence}")
    if(COMMAND penstock_warnings)
        penstock_warnings(${target})
    endif()
    penstock_discover_tests(${target} PREFIX "packages/${name}" LABELS unit
        TIMEOUT ${arg_TIMEOUT} ENVIRONMENT ${arg_ENVIRONMENT} FIXTURES ${arg_FIXTURES})
endfunction()

# penstock_add_graph_test(NAME files...)
#
# Makes a CTest test of each file, with the packages of this build: `penstock validate` accepts a
# graph, and `penstock test` passes a FILE.test.json.
function(penstock_add_graph_test name)
    foreach(file IN LISTS ARGN)
        set(verb validate)
        if(file MATCHES "\\.test\\.json$")
            set(verb test)
        endif()
        add_test(NAME "packages/${name}/${verb}/${file}"
            COMMAND "$<TARGET_FILE:penstock::program>" ${verb}
                "${CMAKE_CURRENT_SOURCE_DIR}/${file}" --packages "${PROJECT_BINARY_DIR}/packages")
    endforeach()
endfunction()

# penstock_add_documentation_test(NAME file)
#
# Makes a CTest test that fails when the file does not say between its marks, <!-- penstock inspect
# ID --> and <!-- end of ID -->, what the components of the package NAME declare, and the target
# NAME_documentation, which makes it say so.
function(penstock_add_documentation_test name file)
    set(inspect "$<TARGET_FILE:penstock::program>" inspect --markdown
        --packages "${PROJECT_BINARY_DIR}/packages" --into "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    add_test(NAME "packages/${name}/documentation/${file}" COMMAND ${inspect} --check)
    add_custom_target(${name}_documentation COMMAND ${inspect} DEPENDS ${name}_package VERBATIM)
endfunction()

function(_penstock_stamp_package target name version licence)
    target_compile_features(${target} PRIVATE cxx_std_20)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    target_compile_definitions(${target} PRIVATE
        "PENSTOCK_PACKAGE_NAME=\"${name}\""
        "PENSTOCK_PACKAGE_VERSION=\"${version}\""
        "PENSTOCK_PACKAGE_LICENCE=\"${licence}\"")
endfunction()
