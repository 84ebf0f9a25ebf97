// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Web pages, whose parser is not ours, and what is said of them before it sees them.

#include "target.hpp"

#include "plugins/html/charset.hpp"
#include "plugins/html/nesting.hpp"
#include "plugins/html/page.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>

namespace penstock::fuzz
{

namespace
{

bool is_page_text(const html_package::page& page)
{
    const auto is_text = [](const std::string& text) { return detail::is_utf8(text); };
    return is_text(page.title) && is_text(page.text) && is_text(page.description) &&
           is_text(page.language) && std::ranges::all_of(page.headings, is_text) &&
           std::ranges::all_of(page.links, is_text);
}

} // namespace

std::vector<std::string> seeds()
{
    return {"<!DOCTYPE html><html lang=en><head><title>T</title><meta name=description content=D>"
            "</head><body><h1>H</h1><p>a <a href='/x'>b</a><br>c &amp; &#228;<pre> x\n</pre>",
            "<table><tr><td>1<td>2</table><ul><li>a<li>b</ul><select><option>o</select>",
            "<svg><path d=x /><title>t</title></svg><math><mi>x</mi></math>",
            "<script>if (a</b) x</script><style>p{}</style><!-- c --><template><p>t</template>",
            "<b><div></b><a><table></a><button><p></button></p>",
            "<meta charset=\"iso-8859-1\"><frameset><frame></frameset>",
            "<plaintext>a</plaintext>",
            "<p hidden>a<p><![CDATA[x]]>"};
}

void try_input(std::string_view input)
{
    static_cast<void>(html_package::declared_charset(input));
    const std::string text = detail::repaired_utf8(input);
    const html_package::page_limits limits{.depth = 64, .memory = std::size_t{64} << 20};
    hold(html_package::nesting_of(text, limits.depth) <= limits.depth + 1,
         "nesting is not counted beyond what is asked for");
    try
    {
        hold(is_page_text(html_package::read_page(text, limits)), "what is read is UTF-8");
    }
    catch (const html_package::page_error&)
    {
    }
}

} // namespace penstock::fuzz
