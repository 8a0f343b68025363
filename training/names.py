"""Names that stand in for those of a document: present-day, foreign and invented ones. Collected for this project."""

from __future__ import annotations

FEMALE_NAMES = tuple(
    """
    Mary Anna Emma Jane Sarah Kate Lucy Alice Rose Grace Lily Ruth Helen Laura Claire Amy Zoe Chloe Mia Ava Olivia
    Sophie Hannah Megan Kayla Brooke Jada Keisha Latoya Shanice Aaliyah Fatima Aisha Noor Leila Yasmin Zainab Priya
    Anjali Lakshmi Meera Divya Sunita Mei Xiu Ling Yuki Sakura Hana Aiko Minji Soojin Nguyet Linh Thuy Ngozi Chioma
    Amara Adaeze Wanjiru Akinyi Thandi Nomvula Zanele Ingrid Astrid Freya Sigrid Katarina Svetlana Natasha Olga Irina
    Ludmila Agnieszka Zofia Magda Ilona Zsofia Ioana Elena Sofia Lucia Carmen Pilar Guadalupe Ximena Valentina Camila
    Beatriz Ines Catarina Giulia Chiara Francesca Amelie Juliette Margaux Heloise Greta Liesel Saoirse Niamh Aoife
    Siobhan Ffion Rhiannon Eilidh Mairi Skye Willow Ivy Hazel Summer Dawn Hope Faith Joy Luna Lyra Nyx Arya Elowen
    Ysolde Morwenna Thessaly Kaelith Serah Vex Isolde Ravenna Azura Tamsin Petra Juno Wren Maeve Briar Sable
    """.split()
)
MALE_NAMES = tuple(
    """
    John James Tom Will Jack Sam Ben Dan Harry George Peter Paul Mark Luke Adam Ryan Kyle Josh Tyler Brandon Jayden
    Mason Logan Liam Noah Ethan Aiden Connor Callum Darnell Jamal Tyrone DeShawn Malik Omar Ahmed Yusuf Ibrahim Hassan
    Karim Tariq Arjun Rohan Vikram Ravi Sanjay Amit Wei Jun Haruki Kenji Takeshi Hiroshi Minho Jisoo Duc Quang Chukwu
    Emeka Kwame Kofi Sipho Themba Lars Sven Bjorn Erik Mikhail Dmitri Ivan Sergei Boris Pavel Piotr Tomasz Janos Laszlo
    Mircea Nikolai Stavros Dimitri Carlos Diego Mateo Javier Alejandro Rafael Joao Tiago Luca Marco Giovanni Matteo
    Pierre Etienne Thibault Jean Klaus Jurgen Dieter Cormac Declan Fionn Rhys Gareth Ewan Hamish Angus River Phoenix Ash
    Reed Clay Chase Hunter Drake Rex Max Theo Kael Theron Aldric Corvin Zephyr Orin Draven Eldrin Varis Tamlin Rook
    Silas Jasper Felix Milo Otis Ezra Gideon Caleb
    """.split()
)
FAMILY_NAMES = tuple(
    """
    Smith Jones Brown Taylor Walker Green Hall Wood Hill Clark Baker Cooper Turner Carter Parker Bell Ward Gray Fox
    Rhodes Marsh Banks Rivers Stone Winter Frost Day Knight Price Long Young King Bishop Miller Garcia Martinez
    Rodriguez Lopez Gonzalez Silva Santos Oliveira Rossi Ferrari Bianchi Dubois Moreau Lefevre Muller Schmidt Weber
    Hoffmann Becker Novak Kowalski Wisniewski Horvath Nagy Popescu Ivanov Petrov Volkov Sokolov Larsen Hansen Nilsson
    Virtanen Papadopoulos Yilmaz Demir Hassan Khan Ahmed Hussein Rahman Patel Sharma Singh Gupta Reddy Iyer Chen Wang
    Zhang Liu Huang Nguyen Tran Kim Park Lee Choi Tanaka Suzuki Watanabe Okafor Adeyemi Mensah Dlamini Mbeki Odhiambo
    O'Brien Murphy Kelly Byrne MacLeod Campbell Stewart Evans Griffiths Llewellyn Blackwood Ashford Hawthorne Nightshade
    Stormborn Ravenscroft Thorne Vance Mercer Holloway Sinclair Whitlock Crane Pike Sharpe Bright Strong Moon
    """.split()
)
PLACE_NAMES = tuple(
    """
    London Paris Boston Chicago Dublin Glasgow Leeds Cardiff Austin Denver Seattle Toronto Sydney Auckland Lagos Nairobi
    Accra Cairo Delhi Mumbai Lahore Dhaka Tokyo Osaka Seoul Beijing Shanghai Hanoi Manila Jakarta Berlin Hamburg Vienna
    Prague Warsaw Budapest Moscow Kiev Oslo Bergen Malmo Helsinki Lisbon Porto Madrid Seville Rome Naples Milan Athens
    Istanbul Ankara Tehran Baghdad Havana Lima Bogota Quito Santiago Brighton Whitby Ashcombe Millbrook Fairhaven
    Stonebridge Oakvale Riverton Thornwick Elmsford Eldoria Karth Valdris Ostmark Greyhaven Winterhold Mirefall Duskwood
    Ironport Saltmere
    """.split()
)
