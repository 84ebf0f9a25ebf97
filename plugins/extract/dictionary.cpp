// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../reloading/reloaded.hpp"
#include "components.hpp"
#include "dictionary_scan.hpp"
#include "finder.hpp"

namespace extract_package
{
namespace
{

class dictionary_ final : public finder
{
public:
    dictionary_() : finder("terms") {}

private:
    penstock::parameter<std::string> file{*this, "file", penstock::no_default,
                                          "A file of terms in UTF-8, one a line, up to 1,000,000."};
    penstock::parameter<bool> ignore_case{
        *this, "ignore_case", true,
        "Whether small letters and capitals are the same, as Unicode says."};
    penstock::parameter<bool> whole_words{
        *this, "whole_words", true,
        "Whether a term that begins or ends with a letter or digit is found only where no further "
        "one stands beside it."};
    reloading::reloaded<dictionary> terms{*this};

    void start() override
    {
        const dictionary_options options{*ignore_case, *whole_words};
        terms.start(*file, std::string(*ignore_case ? "i" : "") + (*whole_words ? "w" : ""),
                    [options](const std::string& path)
                    { return std::make_unique<dictionary>(path, options); });
    }

    void process(penstock::packet& packet) override
    {
        if (const dictionary* now = &terms.get(); now != now_)
        {
            room_ = now->make_room();
            now_ = now;
        }
        finder::process(packet);
    }

    void find(std::string_view text, distinct_texts& found) override
    {
        now_->find(text, room_,
                   [&found](const std::string& term)
                   {
                       found.add(term);
                       return !found.is_full();
                   });
    }

    const dictionary* now_ = nullptr; // that the room is of
    dictionary::room room_;
};

} // namespace

extern constinit const penstock::component_entry dictionary_entry =
    penstock::component_of<dictionary_>("dictionary", penstock::category::extractor,
                                        "Finds terms of a file in texts, all of them at once.");

} // namespace extract_package
