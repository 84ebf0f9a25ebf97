# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# What `./dev package` makes: penstock.deb for those who run graphs, a penstock-NAME.deb for each
# package that brings a library, penstock-dev.deb for those who write components, and a .tar.gz of
# all of it.

set(CPACK_PACKAGE_NAME penstock)
set(CPACK_PACKAGE_VENDOR "The Penstock authors")
set(CPACK_PACKAGE_CONTACT "The Penstock authors <penstock@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

# What is installed without saying so is what a host needs; see CMAKE_INSTALL_DEFAULT_COMPONENT_NAME.
set(CPACK_COMPONENTS_ALL runtime development ${PENSTOCK_PACKAGES_ALONE})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME penstock)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION net)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
list(TRANSFORM PENSTOCK_PACKAGES_ALONE PREPEND "penstock-" OUTPUT_VARIABLE recommended)
list(JOIN recommended ", " recommended)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "${recommended}")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "The program, and the packages that need no further library.")

foreach(package IN LISTS PENSTOCK_PACKAGES_ALONE)
    string(TOUPPER "${package}" component)
    set(CPACK_DEBIAN_${component}_PACKAGE_NAME "penstock-${package}")
    set(CPACK_DEBIAN_${component}_PACKAGE_SECTION net)
    set(CPACK_DEBIAN_${component}_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_${component}_PACKAGE_DEPENDS "penstock (= ${PROJECT_VERSION})")
    set(CPACK_COMPONENT_${component}_DESCRIPTION "The components ${package}/* of Penstock.")
endforeach()
string(APPEND CPACK_DEBIAN_DATES_PACKAGE_DEPENDS ", tzdata") # read by dates/normalize
set(CPACK_DEBIAN_DOCUMENT_PACKAGE_RECOMMENDS "poppler-utils, antiword") # run by document/pdf, document/word

# A new project is configured, built and tested with nothing but these.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME penstock-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(needed "g++, make, cmake (>= 3.25), libboost1.81-dev, libboost-json1.81-dev, libboost-test1.81-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "penstock (= ${PROJECT_VERSION}), ${needed}")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "What components are written with: headers, CMake, templates.")

# penstock_install_licence(DEBIAN_PACKAGE COMPONENT)
function(penstock_install_licence package component)
    set(directory "${CMAKE_INSTALL_DATADIR}/doc/${package}")
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${directory}" RENAME copyright
        COMPONENT ${component})
    install(FILES "${PROJECT_SOURCE_DIR}/NOTICES" DESTINATION "${directory}" COMPONENT ${component})
endfunction()

penstock_install_licence(penstock runtime)
penstock_install_licence(penstock-dev development)
foreach(package IN LISTS PENSTOCK_PACKAGES_ALONE)
    penstock_install_licence("penstock-${package}" ${package})
endforeach()
include(CPack)
