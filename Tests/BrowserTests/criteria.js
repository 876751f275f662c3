// What a script can judge of the RGAA on the page that is open, at once: a function of the numbers of the criteria asked for
// (none: all of them), which returns one line for each fault, "number: what is wrong: the element".
// Read by criteria.py; test_criteria.py breaks a page for each check.
(numbers => {
    const all = (selector, scope = document) => [...scope.querySelectorAll(selector)];
    const words = text => (text || "").replace(/\s+/g, " ").trim();
    const is_shown = one => one.checkVisibility({ visibilityProperty: true });
    const is_heard = one => is_shown(one) && !one.closest("[aria-hidden=true], [inert]");
    const show = one => one.outerHTML.replace(/\s+/g, " ").slice(0, 140);
    const byID = one => (attribute => words((one.getAttribute(attribute) || "").split(/\s+/)
        .map(id => document.getElementById(id)?.textContent).join(" ")));

    // The name a screen reader says, near enough: hidden words are left out, alternatives of images are in.
    const spoken = one => [...one.childNodes].map(child => {
        if (child.nodeType === Node.TEXT_NODE) return child.data;
        if (child.nodeType !== Node.ELEMENT_NODE || child.getAttribute("aria-hidden") === "true" || child.hidden) return "";
        return child.localName === "img" ? ` ${child.alt} ` : child.getAttribute("aria-label") || ` ${spoken(child)} `;
    }).join("");
    const name = one => byID(one)("aria-labelledby") || words(one.getAttribute("aria-label"))
        || words([...one.labels || []].map(spoken).join(" ")) || words(spoken(one)) || words(one.getAttribute("title"))
        || (/^(submit|button|reset)$/.test(one.type) ? words(one.value) : "");

    // Colours, as WCAG compares them.
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const colour = text => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = text;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const paper = one => {
        for (let at = one; at; at = at.parentElement) {
            const found = colour(getComputedStyle(at).backgroundColor);
            if (found[3] > 250) return found;
        }
        return [255, 255, 255, 255];
    };
    const light = ([red, green, blue]) => [red, green, blue].map(part => part / 255)
        .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + .05) / (dark + .05);
    };

    const fields = () => all("input:not([type=hidden], [type=submit], [type=button], [type=reset]), select, textarea").filter(is_shown);
    const headings = () => all("h1, h2, h3, h4, h5, h6").filter(is_heard);
    const tables = () => all("table").filter(one => is_shown(one) && !/^(presentation|none)$/.test(one.getAttribute("role")));
    const links = () => all("a[href]").filter(is_heard);
    // The headings each link stands under, from the first level down.
    const outline = new Map();
    let under = [];
    for (const one of all("h1, h2, h3, h4, h5, h6, a[href]")) {
        if (one.localName === "a") outline.set(one, under.map(heading => words(heading.textContent)).join(" > "));
        else under = [...under.filter(heading => heading.localName < one.localName), one];
    }
    // What stands around a link and says what it is about: its sentence, its line, its row, the headings above it.
    const around = link => {
        const near = words(link.closest("p, li, td, th, dd, figcaption, caption, summary")?.textContent);
        const row = words(link.closest("tr")?.querySelector("th")?.textContent);
        const above = outline.get(link) || "";
        return [near, row, above, words(link.closest("nav")?.getAttribute("aria-label"))].join(" | ");
    };
    const VAGUE = /^(ici|cliquez ici|cliquer ici|lire la suite|en savoir plus|plus|suite|voir|détails?|lien|télécharger)$/i;
    const FILE_NAME = /\.(jpe?g|png|gif|webp|svg)$/i;
    // What changes under the eyes of somebody who is not looking there.
    const CHANGING = "main > .flash:not(section), .error-summary, .map-status, .saving-state, .draft, .rows-note";
    // Whose order on the screen was read by hand and says the same (docs/ACCESSIBILITY.md, 10.3).
    const REORDERED = ".stat-value, .map-full, .map-moves ul";
    // Where what is asked for is the reader's own, whatever the label says.
    const OWN = /^\/(connexion|mon-compte|appels\/alertes|bienvenue)/;
    const PURPOSES = [
        [/^(votre |mon )?(adresse )?(courriel|électronique|adresse électronique|e-mail)$/i, /\bemail\b/],
        [/^(votre |mon )?mot de passe$/i, /\b(current|new)-password\b/],
        [/^(votre|mon) nom$/i, /\bname\b/], [/^(votre|mon) prénom$/i, /\bgiven-name\b/], [/^(votre|mon) téléphone$/i, /\btel\b/],
    ];
    const TOKENS = new Set(("on off name honorific-prefix given-name additional-name family-name nickname username new-password "
        + "current-password one-time-code organization-title organization street-address address-line1 address-line2 address-line3 "
        + "address-level1 address-level2 country country-name postal-code bday sex tel tel-national email impp url photo language "
        + "shipping billing home work mobile webauthn").split(" "));

    const checks = {
        "1.1": () => all("img, svg, [role=img], area, input[type=image]").filter(is_heard)
            .filter(one => !one.closest("svg svg, [role=img] *"))
            .filter(one => !(one.localName === "img" ? one.hasAttribute("alt")
                : byID(one)("aria-labelledby") || one.getAttribute("aria-label") || one.alt || one.querySelector(":scope > title") || one.querySelector("a[href]")))
            .map(one => "an image without alternative: " + show(one)),
        "1.2": () => all("img[alt=''], [aria-hidden=true]").filter(one => /^(img|svg)$/.test(one.localName))
            .filter(one => one.title || one.getAttribute("aria-label") || one.querySelector("title"))
            .map(one => "a decoration that bears a name: " + show(one)),
        "1.3": () => all("img[alt]").filter(one => FILE_NAME.test(one.alt) || /^(image|photo|logo|icône)$/i.test(words(one.alt)))
            .map(one => "an alternative that says nothing: " + show(one)),
        "1.5": () => all("[class*=captcha i], [id*=captcha i], [name*=captcha i], iframe[src*=captcha]")
            .map(one => "an image is used as a lock: " + show(one)),
        "2.2": () => all("iframe, frame").filter(one => words(one.title).length < 4).map(one => "a frame without title: " + show(one)),
        "3.1": () => all(".badge, .flash, .verdict, .facet-chosen, [aria-invalid=true], .has-error").filter(is_shown)
            .filter(one => one.matches("[aria-invalid=true]") ? !byID(one)("aria-describedby") && !byID(one.closest("fieldset") || one)("aria-describedby")
                : !words(one.textContent))
            .map(one => "said by colour alone: " + show(one)),
        "3.3": () => fields().filter(one => !one.disabled && !/^(checkbox|radio|file|range|color)$/.test(one.type)).filter(one => {
            const style = getComputedStyle(one);
            const around = paper(one.parentElement);
            return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === "none" || contrast(colour(style.borderTopColor), around) < 3;
        }).map(one => "the edge of a field is under 3:1: " + show(one)),
        "4.10": () => all("audio[autoplay], video[autoplay], bgsound").map(one => "it plays by itself: " + show(one)),
        "5.4": () => tables().filter(one => !words(one.caption?.textContent) && !byID(one)("aria-labelledby")
            && !words(one.getAttribute("aria-label")) && !words(one.title)).map(one => "a table without title: " + show(one)),
        "5.6": () => tables().filter(one => !one.querySelector("th")).map(one => "a table without headers: " + show(one)),
        "5.7": () => tables().flatMap(one => all("th", one)).filter(one => !one.hasAttribute("scope") && !one.id)
            .map(one => "a header tied to nothing: " + show(one)),
        "5.8": () => all("table[role=presentation], table[role=none]").filter(one => one.querySelector("caption, th, thead, tfoot, [scope], [headers]"))
            .map(one => "a layout table that says it holds data: " + show(one)),
        "6.1": () => {
            const here = links(), faults = here.filter(one => VAGUE.test(name(one)) && words(one.closest("p, li, td")?.textContent) === words(one.textContent)
                && !around(one).replaceAll("|", "").trim().replace(words(one.textContent), "").trim());
            const known = new Map();
            for (const one of here) {
                const key = `${name(one)} || ${around(one)}`;
                if (known.has(key) && known.get(key).getAttribute("href") !== one.getAttribute("href")) faults.push(one);
                known.set(key, one);
            }
            return faults.map(one => "a link that could be another: " + show(one));
        },
        "6.2": () => links().filter(one => !name(one)).map(one => "a link without words: " + show(one)),
        // A voice beside the text says the same, less often.
        "7.5": () => all(CHANGING).filter(one => !one.closest("[role=status], [role=alert], [role=log], [aria-live], output")
            && !one.parentElement.querySelector(":scope > [role=status]"))
            .map(one => "what changes there is not said: " + show(one)),
        "8.1": () => document.doctype?.name === "html" && document.compatMode === "CSS1Compat" && document.firstChild === document.doctype
            ? [] : ["no document type, or not first"],
        "8.3": () => document.documentElement.lang === "fr" ? [] : [`the language of the page is ${document.documentElement.lang || "not said"}`],
        "8.6": () => {
            const heard = text => words(text).toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(word => word.length > 2);
            const said = new Set(heard(document.title));
            const title = heard(headings().find(one => one.localName === "h1")?.textContent);
            return document.title.length > 3 && (location.pathname === "/" || title.some(word => [...said].some(other => other.startsWith(word) || word.startsWith(other)))) ? []
                : [`the title ${document.title} does not say what the first heading says`];
        },
        "8.8": () => all("[lang]").filter(one => !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(one.lang)).map(one => "no language: " + show(one)),
        "8.9": () => [
            ...all("main p, main li, main h1, main h2, main h3, main h4, main dt, main legend, main caption").filter(is_shown)
                .filter(one => !words(one.textContent) && !one.querySelector("img, svg, input, button, select, textarea, iframe, canvas, output, progress, meter")
                    // Scripts write there.
                    && !one.matches(CHANGING) && !one.closest("[role=status], [aria-live]") && !one.querySelector("[data-edited]"))
                .map(one => "an element for its shape: " + show(one)),
            ...all("br").filter(one => { let next = one.nextSibling; while (next?.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
                return next?.localName === "br"; }).map(one => "a line break that makes a paragraph: " + show(one.parentElement)),
            ...all("center, font, marquee, blink, big, tt, basefont").map(one => "an element for its shape: " + show(one)),
        ],
        "9.1": () => {
            const levels = headings().map(one => [Number(one.localName[1]), one]);
            const faults = levels.filter(([, one]) => !words(one.textContent)).map(([, one]) => "an empty heading: " + show(one));
            if (levels.filter(([level]) => level === 1).length !== 1) faults.push("not one heading of level 1");
            levels.forEach(([level, one], place) => {
                if (place > 0 && level > levels[place - 1][0] + 1) faults.push("a level of heading is skipped: " + show(one));
            });
            return faults;
        },
        "9.2": () => {
            if (document.body.classList.contains("embed")) return all("main").filter(is_shown).length === 1 ? [] : ["not one main"];
            const faults = [["body > header, [role=banner]", 1], ["main", 1], ["body > footer, [role=contentinfo]", 1]]
                .filter(([selector, count]) => all(selector).filter(is_shown).length !== count).map(([selector]) => "not one " + selector);
            const menus = all("nav, [role=navigation]").filter(is_shown).map(name);
            if (menus.some(one => !one) || new Set(menus).size < menus.length) faults.push("navigations of one name, or none: " + menus);
            return faults;
        },
        "9.3": () => [
            ...all("main p, main div, main span").filter(one => is_shown(one) && one.childElementCount === 0 && /^[-–•*·]\s/.test(words(one.textContent)))
                .map(one => "a list that is none: " + show(one)),
            ...all("ul, ol").filter(one => [...one.children].some(child => !/^(li|script|template)$/.test(child.localName)))
                .map(one => "a list of something else: " + show(one)),
        ],
        "10.1": () => all("[align], [valign], [bgcolor], [color]:not(svg *), [background], [cellpadding], [cellspacing], table[border], [hspace], [vspace]")
            .map(one => "its look is in the HTML: " + show(one)),
        "10.2": () => all("body *").filter(is_shown).flatMap(one => ["::before", "::after"].map(part => {
            const content = getComputedStyle(one, part).content;
            const written = (content.match(/"((?:[^"\\]|\\.)*)"/) || [])[1] || "";
            return /[\p{L}\p{N}]{2}/u.test(written) && written !== one.dataset.title ? `said by the style sheet alone (${written}): ` + show(one) : "";
        })).concat(all("main *").filter(one => is_shown(one) && /url\(/.test(getComputedStyle(one).backgroundImage) && !one.closest(".leaflet-container"))
            .map(one => "an image of the style sheet in the content: " + show(one))).filter(Boolean),
        "10.3": () => all("body *").filter(one => is_shown(one) && !one.matches(REORDERED) && !one.closest(".leaflet-container")).filter(one => {
            const style = getComputedStyle(one);
            return style.order !== "0" || /reverse/.test(style.flexDirection) && /flex/.test(style.display) && one.childElementCount > 1;
        }).map(one => "shown in another order than written: " + show(one)),
        "10.5": () => all("[style]").filter(one => !one.closest(".leaflet-container")).filter(one => Boolean(one.style.color) !== Boolean(one.style.backgroundColor || one.style.background))
            .map(one => "a colour without its ground: " + show(one)),
        "10.6": () => links().filter(one => one.closest("main p, main dd") && !one.matches(".button, .tag, [role=button]") && !one.querySelector("img, svg"))
            .filter(one => words(one.closest("p, dd").textContent) !== words(one.textContent))
            .filter(one => !getComputedStyle(one).textDecorationLine.includes("underline")).map(one => "a link known by its colour alone: " + show(one)),
        "10.9": () => {
            const text = words(document.querySelector("main")?.innerText);
            const found = text.match(/\b(ci-contre|(bouton|lien|texte|cadre|encadré|ligne|case|zone|champ|colonne)s? (en )?(rouge|vert|verte|bleu|bleue|orange|jaune|rond|ronde|carré|carrée|de droite|de gauche))s?\b/i);
            return found ? [`told by colour, shape or place: « ${found[0]} »`] : [];
        },
        "10.13": () => all("[title]").filter(one => !one.matches("abbr, iframe, link, style, dfn") && !one.closest("svg, .leaflet-container"))
            .filter(one => !words(one.textContent).includes(words(one.title)) && !one.getAttribute("aria-label"))
            .map(one => "a word that only a pointer shows: " + show(one)),
        "11.1": () => fields().filter(one => !name(one)).map(one => "a field without label: " + show(one)),
        "11.4": () => fields().filter(one => one.labels?.length && !one.closest("table")).filter(one => {
            const label = [...one.labels].find(is_shown);
            if (!label || label.matches(".visually-hidden")) return false;
            const a = one.getBoundingClientRect(), b = label.getBoundingClientRect();
            // Help and error stand between a label and its field: what counts is that all three are one frame.
            const frame = ".field, .week-day, .choice, .jury-note, .asked";
            if (one.closest(frame) && one.closest(frame) === label.closest(frame) || label.contains(one)) return false;
            return Math.max(0, a.left - b.right, b.left - a.right) + Math.max(0, a.top - b.bottom, b.top - a.bottom) > 64;
        }).map(one => "a label far from its field: " + show(one)),
        "11.5": () => {
            const groups = Map.groupBy(fields().filter(one => /^(radio|checkbox)$/.test(one.type) && one.name), one => `${one.form?.action} ${one.form?.id} ${one.name}`);
            return [...groups.values()].filter(group => group.length > 1 && new Set(group.map(one => one.form)).size === 1
                && group.some(one => !one.closest("fieldset, [role=group], [role=radiogroup], table")))
                .map(([one]) => "fields of one nature without a group: " + show(one));
        },
        "11.6": () => all("fieldset, [role=group], [role=radiogroup]").filter(is_shown).filter(one => !one.closest(".leaflet-container"))
            .filter(one => one.matches("details") ? false : !words(one.querySelector(":scope > legend")?.textContent) && !byID(one)("aria-labelledby") && !one.getAttribute("aria-label"))
            .map(one => "a group without name: " + show(one)),
        "11.9": () => all("button, input[type=submit], input[type=button], [role=button]").filter(is_heard)
            .filter(one => !/[\p{L}\p{N}]/u.test(name(one))).map(one => "a button without words: " + show(one)),
        "11.10": () => [
            ...all("[aria-describedby]").filter(one => one.getAttribute("aria-describedby").split(/\s+/).some(id => id && !document.getElementById(id)))
                .map(one => "described by nothing: " + show(one)),
            ...all("[aria-invalid=true]").filter(is_shown).filter(one => byID(one)("aria-describedby").length < 4 && byID(one.closest("fieldset") || one)("aria-describedby").length < 4)
                .map(one => "an error that is not tied to its field: " + show(one)),
            ...(all("[aria-invalid=true], .error-summary").filter(is_shown).length && !document.title.startsWith("Erreur") ? ["errors that the title does not say"] : []),
            ...all("[required]").filter(is_shown).filter(one => /facultatif/i.test(name(one))).map(one => "required and optional at once: " + show(one)),
            ...all(".error-summary a[href^='#']").filter(one => !document.getElementById(one.getAttribute("href").slice(1)))
                .map(one => "an error that leads nowhere: " + show(one)),
        ],
        "11.13": () => [
            ...fields().filter(one => !/^(checkbox|radio)$/.test(one.type) && (/^(votre|mon) /i.test(name(one)) || OWN.test(location.pathname)))
                .filter(one => PURPOSES.some(([label, token]) => label.test(name(one).replace(/ *\(facultatif\)$/, "")) && !token.test(one.autocomplete)))
                .map(one => "what one knows by heart is asked without saying so: " + show(one)),
            ...all("[autocomplete]").filter(one => one.getAttribute("autocomplete").split(/\s+/).some(word => word && !TOKENS.has(word) && !word.startsWith("section-")))
                .map(one => "no such purpose: " + show(one)),
        ],
        "12.1": () => document.body.classList.contains("embed") || (document.querySelector("header nav[aria-label='Menu principal'] a")
            && document.querySelector("footer a[href='/plan-du-site']")) ? [] : ["not two ways to go round: the menu and the plan"],
        "12.6": () => document.body.classList.contains("embed") ? [] : ["contenu", "menu", "pied"].filter(id => !document.getElementById(id)?.closest("header, main, footer"))
            .map(id => `the region #${id} cannot be reached`),
        "12.8": () => all("[tabindex]").filter(one => one.tabIndex > 0).map(one => "an order of its own: " + show(one)),
        "12.10": () => all("[accesskey]").map(one => "a key alone: " + show(one)),
        // A `noscript` is text where there are scripts: what it would make is made here, and the link that holds the page with it.
        "13.1": () => [
            ...all("meta[http-equiv=refresh i]").filter(one => !one.closest("noscript")).map(one => "the page changes by itself: " + show(one)),
            ...(all("head noscript").some(one => /http-equiv="?refresh/i.test(one.textContent))
                && !all("main noscript").some(one => /<a [^>]*href=[^>]*>\s*Arrêter/.test(one.textContent))
                ? ["without scripts the page changes by itself, and nothing holds it"] : []),
        ],
        "13.2": () => all("a[target], form[target]").filter(one => one.target !== "_self" && !/nouvelle fenêtre|nouvel onglet/i.test(name(one) + one.title))
            .map(one => "a window opens unsaid: " + show(one)),
        "13.3": () => all("main a[href]").filter(one => is_shown(one) && /\.(pdf|xlsx|csv|docx|odt|zip|json|geojson|ics|atom)$/.test(one.getAttribute('href').split(/[?#]/)[0]))
            .filter(one => !/PDF|XLSX|tableur|Excel|CSV|Word|ZIP|JSON|iCalendar|ICS|agenda|Atom|flux|imprim|OpenAPI/i.test(name(one) + around(one) + (one.closest('tr')?.textContent || '') + (one.closest('table')?.tHead?.textContent || '')))
            .map(one => "a file whose format is not said: " + show(one)),
        "13.8": () => document.getAnimations().filter(one => one.playState === "running" && one.effect?.getComputedTiming().endTime > 5000)
            .map(one => "it moves more than five seconds: " + show(one.effect.target)),
    };
    return Object.keys(checks).filter(number => !numbers.length || numbers.includes(number))
        .flatMap(number => checks[number]().map(fault => `${number}: ${fault}`));
})
