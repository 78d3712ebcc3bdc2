(() => {
    const filter = document.getElementById("filter");
    if (filter) {
        filter.hidden = false;
        filter.addEventListener("change", (event) => {
            const type = event.target.value;
            for (const group of document.querySelectorAll("#examples details")) {
                let shown = 0;
                for (const example of group.querySelectorAll("li")) {
                    example.hidden = type !== "" && !example.dataset.types.split(" ").includes(type);
                    if (!example.hidden) shown += 1;
                }
                group.querySelector(".none").hidden = shown > 0;
            }
        });
    }
    // Paper cannot be unfolded.
    let folded = [];
    addEventListener("beforeprint", () => {
        folded = [...document.querySelectorAll("details:not([open])")];
        for (const details of folded) details.open = true;
    });
    addEventListener("afterprint", () => {
        for (const details of folded) details.open = false;
    });
})();
