// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../matching/expression.hpp"
#include "../matching/mail_address.hpp"
#include "components.hpp"
#include "finder.hpp"

#include <memory>

namespace extract_package
{
namespace
{

class email final : public finder
{
public:
    email() : finder("emails") {}

private:
    void start() override
    {
        candidate_ =
            penstock::shared<RE2>("",
                                  [] {
                                      return std::make_unique<RE2>(matching::mail_address_candidate,
                                                                   matching::reading_options());
                                  });
    }

    void find(std::string_view text, distinct_texts& found) override
    {
        for (matching::match_iterator each(*candidate_, text); !found.is_full() && each.next();)
            if (const std::string_view address =
                    matching::mail_address_in(*each.group(1), *each.group(2));
                !address.empty())
                found.add(std::string(address));
    }

    std::shared_ptr<RE2> candidate_;
};

} // namespace

extern constinit const penstock::component_entry email_entry = penstock::component_of<email>(
    "email", penstock::category::extractor, "Finds addresses of e-mail in texts.");

} // namespace extract_package
