# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# penstock_discover_tests(TARGET [PREFIX p] [LABELS l...] [TIMEOUT s] [ENVIRONMENT v=x...]
#                         [FIXTURES f... [FIXTURES_FOR regex]])
#
# Makes each case of a Boost.Test program a CTest test of its own, named PREFIX/suite/case, which
# requires the fixtures; with FIXTURES_FOR, if suite/case matches. The program is asked for its cases
# after each link. Run as a script, this file does the asking.

if(NOT CMAKE_SCRIPT_MODE_FILE)
    set(PENSTOCK_DISCOVER_SCRIPT "${CMAKE_CURRENT_LIST_FILE}" CACHE INTERNAL "")

    function(penstock_discover_tests target)
        cmake_parse_arguments(PARSE_ARGV 1 arg "" "PREFIX;TIMEOUT;FIXTURES_FOR" "LABELS;ENVIRONMENT;FIXTURES")
        if(NOT arg_PREFIX)
            set(arg_PREFIX "${target}")
        endif()
        if(NOT arg_TIMEOUT)
            set(arg_TIMEOUT 60)
        endif()
        set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}_cases.cmake")
        add_custom_command(TARGET ${target} POST_BUILD VERBATIM BYPRODUCTS "${list}"
            COMMAND "${CMAKE_COMMAND}" "-Dprogram=$<TARGET_FILE:${target}>" "-Dlist=${list}"
                    "-Dprefix=${arg_PREFIX}" "-Dtimeout=${arg_TIMEOUT}" "-Dlabels=${arg_LABELS}"
                    "-Denvironment=${arg_ENVIRONMENT}" "-Dfixtures=${arg_FIXTURES}"
                    "-Dfixtures_for=${arg_FIXTURES_FOR}" -P "${PENSTOCK_DISCOVER_SCRIPT}")
        file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake"
            "if(EXISTS \"${list}\")\n  include(\"${list}\")\n"
            "else()\n  add_test(\"${arg_PREFIX}/not_built\" \"${target}/not_built\")\nendif()\n")
        set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES
            "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
    endfunction()
    return()
endif()

execute_process(COMMAND "${program}" --list_content --color_output=no
                OUTPUT_VARIABLE content ERROR_VARIABLE content RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "${program} --list_content: ${result}\n${content}")
endif()

string(REGEX MATCHALL "[^\n]+" lines "${content}")
set(tests "")
set(path)
set(last_depth -1)
foreach(line IN LISTS lines ITEMS "end")
    if(NOT line MATCHES "^( *)([A-Za-z0-9_<>]+)([* ]|$)")
        continue()
    endif()
    set(name "${CMAKE_MATCH_2}")
    set(mark "${CMAKE_MATCH_3}")
    string(LENGTH "${CMAKE_MATCH_1}" depth)
    math(EXPR depth "${depth} / 4")
    if(last_depth GREATER_EQUAL depth) # the line before had nothing below it: a case
        list(JOIN path "/" case)
        set(required "")
        if(case MATCHES "${fixtures_for}")
            set(required "${fixtures}")
        endif()
        string(APPEND tests "add_test([==[${prefix}/${case}]==] [==[${program}]==] "
            "[==[--run_test=${case}]==] --color_output=no --log_level=test_suite)\n"
            "set_tests_properties([==[${prefix}/${case}]==] PROPERTIES TIMEOUT ${timeout} "
            "LABELS [==[${labels}]==] ENVIRONMENT [==[${environment}]==] FIXTURES_REQUIRED [==[${required}]==] "
            "DISABLED ${off})\n")
    endif()
    list(SUBLIST path 0 ${depth} path)
    list(APPEND path "${name}")
    string(COMPARE EQUAL "${mark}" " " off)
    set(last_depth ${depth})
endforeach()
file(WRITE "${list}" "${tests}")
