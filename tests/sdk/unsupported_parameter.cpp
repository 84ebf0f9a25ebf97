// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Must not compile, and the compiler must say why in plain words.
#include <penstock/sdk.hpp>

class odd final : public penstock::component
{
    penstock::parameter<char16_t> letter{*this, "letter", u'a', "No parameter has this type."};

    void run() override {}
};
