#include <penstock/sdk.hpp>

#include <string_view>
#include <utility>

namespace placeholder_package
{

class placeholder final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out", "One packet for each line."};
    penstock::accepts types{*this, {"text/plain"}};
    penstock::parameter<std::string> field{*this, "field", "text", "The field to put a line in."};

    void run() override
    {
        while (auto body = in.receive())
        {
            const penstock::bytes data = body->data(); // shared: it outlives the body
            std::string_view rest = data.view();
            if (rest.empty())
                drop(std::move(*body));
            while (!rest.empty())
            {
                const std::string_view line = rest.substr(0, rest.find('\n'));
                rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : line.size());
                penstock::packet made = body->derive();
                made.set(*field, line);
                out.send(std::move(made));
            }
        }
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::adapter, "Reads plain text, a packet for each line."))
