// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "addresses.hpp"
#include "content.hpp"
#include "gmime.hpp"

#include "../reading/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace mail_package
{

namespace
{

// GMime looks at all that follows a comma in a name again and again, and calls itself for each
// group in a group: it gets one address at a time, none of them longer than a line may be.
constexpr std::size_t longest_address = 998; // RFC 5322, 2.1.1

// Cuts a list of addresses at its commas, and at the begins and ends of groups.
class address_list
{
public:
    explicit address_list(std::string_view text) : text_(text) {}

    // Returns the next address, or what stands for one; empty at the end.
    std::string_view next()
    {
        while (at_ < text_.size())
        {
            const std::string_view found = reading::trimmed(cut());
            if (!found.empty())
                return found;
        }
        return {};
    }

private:
    std::string_view cut()
    {
        std::size_t begin = at_;
        std::size_t comments = 0;
        bool quoted = false;
        bool angle = false;
        for (; at_ < text_.size(); ++at_)
        {
            const char c = text_[at_];
            if (c == '\\')
                ++at_;
            else if (quoted)
                quoted = c != '"';
            else if (c == '(' || c == ')')
                comments = c == '(' ? comments + 1 : comments - std::min<std::size_t>(comments, 1);
            else if (comments > 0)
                continue;
            else if (c == '"')
                quoted = true;
            else if (c == '<' || c == '>' || c == '[' || c == ']')
                angle = c == '<' || c == '[';
            else if (c == ':' && !angle) // the name of a group ends
                begin = at_ + 1;
            else if ((c == ',' && !angle) || c == ';')
                break;
        }
        at_ = std::min(at_, text_.size());
        const std::string_view found = text_.substr(begin, at_ - begin);
        at_ = std::min(at_ + 1, text_.size());
        return found;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::string text_of(std::string_view address)
{
    if (address.size() > longest_address)
        return subject_of(address);
    const gmime_object<InternetAddressList> list(
        internet_address_list_parse(gmime_options(), readable(address).c_str()));
    InternetAddress* const first = list == nullptr || internet_address_list_length(list.get()) != 1
                                       ? nullptr
                                       : internet_address_list_get_address(list.get(), 0);
    if (first == nullptr ||
        g_type_check_instance_is_a(reinterpret_cast<GTypeInstance*>(first),
                                   internet_address_mailbox_get_type()) == FALSE)
        return subject_of(address);
    const char* const told =
        internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(first));
    const char* const name = internet_address_get_name(first);
    const std::string mailbox = taken(g_strdup(told));
    if (mailbox.empty())
        return subject_of(address);
    return name == nullptr || *name == '\0' ? mailbox
                                            : taken(g_strdup(name)) + " <" + mailbox + ">";
}

} // namespace

std::vector<std::string> addresses_of(std::string_view value)
{
    std::vector<std::string> found;
    address_list list(value);
    for (std::string_view each = list.next(); !each.empty(); each = list.next())
        found.push_back(text_of(each));
    return found;
}

} // namespace mail_package
