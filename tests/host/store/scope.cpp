// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/scope.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(scopes)

namespace host = penstock::host;

BOOST_AUTO_TEST_CASE(admin_stands_for_all_scopes_and_no_other_does)
{
    for (const host::scope one : host::all_scopes)
    {
        host::scope_set only;
        only.add(one);
        for (const host::scope wanted : host::all_scopes)
            BOOST_TEST(only.allows(wanted) == (one == wanted || one == host::scope::admin));
        BOOST_TEST((host::parse_scope(host::name_of(one)) == one));
    }
    BOOST_TEST(!host::parse_scope("root").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
